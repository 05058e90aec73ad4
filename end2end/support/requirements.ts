/** Requirements of the tests, checked before the first. */

import { existsSync } from 'node:fs';

export default function check(): void {
  const { HUBBUB_BIN: binary, HUBBUB_SITE: site } = process.env;
  if (!binary) throw complaint('HUBBUB_BIN does not say where the server is. Run bin/test, which builds it and starts these tests.');
  if (!existsSync(binary)) throw complaint(`There is no server at HUBBUB_BIN=${binary}. Run bin/test, which builds it.`);
  if (site && !existsSync(site)) throw complaint(`There is no client at HUBBUB_SITE=${site}. Run bin/test, which builds it.`);
}

/** An error without a stack: the sentence is enough. */
function complaint(sentence: string): Error {
  const error = new Error(sentence);
  error.stack = sentence;
  return error;
}
