/** A question to the archive of a folder, for tests that ask once. */

import type { ArchiveQueries } from '../archive-queries.ts';
import { openArchive } from '../open-archive.ts';

export const archiveQueries = async <T>(out: string, ask: (archive: ArchiveQueries) => Promise<T>): Promise<T> => {
  const archive = await openArchive(out);
  try {
    return await ask(archive);
  } finally {
    await archive.close();
  }
};
