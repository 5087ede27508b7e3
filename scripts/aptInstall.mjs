// Installs Debian packages where apt-get and the rights for it are at hand.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

/**
 * Installs packages on Linux, after an update of the package lists if need be; elsewhere it does nothing.
 * @param {string} purpose - what they are for, as a person reads it
 * @param {readonly string[]} packages - names of Debian packages
 */
export function aptInstall(purpose, packages) {
  if (process.platform !== 'linux') return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...command) => {
    const [program, ...args] = [...sudo, ...command];
    return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  };
  console.error(`Installing ${packages.join(', ')} for ${purpose} (once) …`);
  const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages];
  if (!run(...install) && run('apt-get', 'update', '-qq')) run(...install);
}
