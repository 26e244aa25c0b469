import { readSettings, type Environment, type ReadSettings, type Settings } from '../../platform/settings.ts'
import { MisconfigurationError } from '../misconfiguration-error.ts'

/**
 * The settings of a command. Unlike the function's they allow loopback, where the answer is received, and private addresses.
 * Throws `MisconfigurationError`.
 */
export function localSettings(environment: Environment): Settings {
  return readLocalSettings(environment).settings
}

/** The same, with the warnings. Throws `MisconfigurationError`. */
export function readLocalSettings(environment: Environment): ReadSettings {
  const read = readSettings({ STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true', ...environment })
  if (read.problems.length > 0) throw new MisconfigurationError(read.problems.join('; '))
  return read
}
