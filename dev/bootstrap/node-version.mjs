/** The oldest Node that runs everything here; package.json says the same under "engines". */
export const OLDEST_NODE = Object.freeze({ major: 20, minor: 19 });

/**
 * What is wrong with a version of Node, as a sentence with its remedy; null when nothing is.
 *
 * @param {string} version as in process.versions.node, e.g. `20.19.0`
 * @returns {string | null}
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const { major: oldestMajor, minor: oldestMinor } = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
    return null;
  }
  return (
    `This is Node ${version}; ${oldestMajor}.${oldestMinor} or newer is needed, 24 is recommended. ` +
    'Install it from https://nodejs.org, or with a version manager: nvm install 24.'
  );
}
