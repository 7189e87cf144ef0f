/** A profile from a file, with everything that can be said against it. */

import { statSync } from 'node:fs';
import { profileIssues } from '../../firmware-ref/profile.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { readProfile, type ProfileResult } from '../../scenarios/language/profile/read.ts';
import { plainBytes } from '../run/plain-file.ts';
import { LARGEST_FILE_bytes } from '../run/scenario-files.ts';

const refused = (file: string, id: Issue['id'], message: string): ProfileResult => ({
  ok: false,
  issues: [{ id, severity: 'error', file, line: 1, col: 1, message, hint: 'check the path of the profile' }],
});

export const loadProfile = (file: string): ProfileResult => {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_FILE_bytes) return refused(file, 'file-too-large', `the file has ${size} bytes; a profile has a few thousand`);
    const read = readProfile({ file, bytes: plainBytes(file) });
    if (!read.ok) return read;
    const issues = profileIssues(read.profile);
    return issues.length === 0 ? read : { ok: false, issues };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return refused(file, 'file-unreadable', code === 'ENOENT' ? 'the file does not exist' : `the file cannot be read: ${message}`);
  }
};
