import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { isJsonObject, parseJson, type JsonObject } from '../../src/platform/json.ts'

/** Opens and seals version 1 of a continuation by its specification, without the code under test. */

const TAG_BYTES = 16
const IV_BYTES = 12

export function openForm1(payload: Uint8Array, key: string): JsonObject {
  const { sealed, ...open } = objectIn(payload)
  if (typeof sealed !== 'string') throw new TypeError('nothing is sealed')
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', derived(key), bytes.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(JSON.stringify(open)))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
  return objectIn(gunzipSync(plain))
}

/** The open part stays as it is in `payload`. */
export function closeForm1(payload: Uint8Array, content: string, key: string): Uint8Array {
  const open = Object.fromEntries(Object.entries(objectIn(payload)).filter(([name]) => name !== 'sealed'))
  // Constant: the content is not secret.
  const iv = Buffer.alloc(IV_BYTES, 1)
  const cipher = createCipheriv('aes-256-gcm', derived(key), iv)
  cipher.setAAD(Buffer.from(JSON.stringify(open)))
  const closed = Buffer.concat([cipher.update(gzipSync(content)), cipher.final()])
  const sealed = Buffer.concat([iv, closed, cipher.getAuthTag()]).toString('base64')
  return Buffer.from(JSON.stringify({ ...open, sealed }))
}

function derived(key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'stackbridge continuation 1', 32))
}

function objectIn(bytes: Uint8Array): JsonObject {
  const json = parseJson(bytes)
  if (!json.ok || !isJsonObject(json.value)) throw new TypeError('it is no JSON object')
  return json.value
}
