import { describe, expect, it } from 'vitest'
import { idGrammar } from '../../../src/providers/identifiers/id-grammar.ts'

const ids = idGrammar('cloud:{region}:stacks/{name}.x', { region: /^[a-z-]+$/, name: /^[a-z]{0,9}$/ })

describe('a grammar of identifiers', () => {
  it('parses what it formats', () => {
    const parts = { region: 'eu-one', name: 'web' }
    expect(ids.format(parts)).toBe('cloud:eu-one:stacks/web.x')
    expect(ids.parse(ids.format(parts))).toEqual(parts)
  })

  it.each([
    ['cloud:eu:stacks/web-x', 'another character in the place of a dot'],
    ['Xcloud:eu:stacks/web.x', 'text before it'],
    ['cloud:eu:stacks/web.x\n', 'text after it'],
    ['cloud:EU:stacks/web.x', 'a part outside its grammar'],
  ])('refuses %j: %s', (text) => {
    expect(ids.parse(text)).toBeUndefined()
  })

  it('distinguishes an empty part from a missing one', () => {
    expect(ids.parse('cloud:eu:stacks/.x')).toEqual({ region: 'eu', name: '' })
  })

  it('cannot be created with a part that has no grammar', () => {
    expect(() => idGrammar<string>('cloud:{regoin}', { region: /^[a-z]+$/ })).toThrow('no part regoin')
  })
})
