import { inputName } from './input-name.ts'
import { UsageError } from '../usage-error.ts'

/**
 * The text of a file. Throws `UsageError` for another encoding, such as the UTF-16 that a Windows shell writes: it would be read
 * as something else.
 */
export function fileText(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError)
      throw new UsageError(`${inputName(path)}: is not valid UTF-8; save it as UTF-8`, { cause: error })
    throw error
  }
}
