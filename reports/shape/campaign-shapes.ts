/** The documents of campaigns and of what is learned, by the name of their schema. */

import { boundaryDocument } from './boundary.ts';
import { exploreDocument, mutateDocument, soakDocument, unitsDocument } from './campaigns.ts';
import { learnDocument } from './learn.ts';
import { mutantsDocument } from './mutants.ts';

export const CAMPAIGN_DOCUMENTS = {
  'boundary.json': boundaryDocument,
  'learn.json': learnDocument,
  'mutants.json': mutantsDocument,
  'mutate.json': mutateDocument,
  'soak.json': soakDocument,
  'explore.json': exploreDocument,
  'units.json': unitsDocument,
} as const;
