import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsPage } from '../../build/settings-page.ts'

describe('the settings', () => {
  it('in docs/settings.md match the code', async () => {
    const page = join(import.meta.dirname, '../../docs/settings.md')
    expect(await readFile(page, 'utf8')).toBe(await settingsPage())
  })
})
