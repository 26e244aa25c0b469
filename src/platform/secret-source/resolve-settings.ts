import { readSettings, type Environment, type ReadSettings } from '../settings.ts'
import { isOfSetting } from './reference.ts'
import { SecretSourceError, type SecretSource } from './secret-source.ts'

/**
 * The settings with the values of those that STACKBRIDGE_SECRETS keeps elsewhere, such as the continuation key. Makes no
 * call where there are none. A value that cannot be read is a problem. Never rejects for that.
 */
export async function resolveSettings(
  read: ReadSettings,
  environment: Environment,
  source: SecretSource,
): Promise<ReadSettings> {
  const { secretReferences } = read.settings
  const needed = secretReferences.filter(isOfSetting)
  // With a mistake in the environment, each event is answered FAILED with it: nothing needs to be read.
  if (needed.length === 0 || read.problems.length > 0) return read
  try {
    const values = await source.read(needed.map(({ variable }) => variable))
    const resolved = readSettings({
      ...environment,
      ...Object.fromEntries(values),
      STACKBRIDGE_SECRETS: undefined,
    })
    return { ...resolved, settings: { ...resolved.settings, secretReferences } }
  } catch (error) {
    if (!(error instanceof SecretSourceError)) throw error
    return { ...read, problems: [...read.problems, error.message] }
  }
}
