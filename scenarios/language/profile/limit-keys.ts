/** How a profile file calls the limits of the reference: apart from its reader, so that who only names one loads no YAML. */

export const LIMIT_KEYS = {
  reaction: 'reaction_us',
  'start-up': 'startUp_us',
  'wait at least': 'waitLeast_us',
  'wait at most': 'waitMost_us',
  'trip together': 'tripTogether_us',
} as const;

export const limitKey = (limit: string): string => Object.entries(LIMIT_KEYS).find(([, name]) => name === limit)?.[0] ?? limit;
