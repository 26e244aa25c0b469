import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  commandLines,
  indented,
  padded,
  row,
  shortened,
  widthOf,
  wrapped,
} from '../../../src/cli/view/text-layout.ts'
import { anyText } from './any-text.ts'

const ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/shop/00000000-0000-4000-8000-00000000000d'

describe('the width of a text', () => {
  it.each([
    ['bucket', 6],
    ['存储桶', 6],
    ['e\u0301', 1],
    ['ｆｕｌｌ', 8],
    ['🚀', 2],
    ['㈱㊣㎡㋿㌔', 10],
    ['⿰㆝㇀゜゠', 10],
    ['︐〈☰䷀', 8],
    ['\u{1b170}\u{18b00}\u{1d300}', 6],
    ['…', 1],
    ['', 0],
  ])('of %j is %i columns', (text, columns) => {
    expect(widthOf(text)).toBe(columns)
  })
})

describe('a line', () => {
  it('shortens an id in the middle, so that its beginning and its end stay readable', () => {
    expect(shortened(ID, 30)).toBe('arn:aws:cloudfo…0-00000000000d')
    expect(shortened(ID, undefined)).toBe(ID)
    expect(shortened('生产环境数据库', 8)).toBe('生产…库')
  })

  it('omits the least important part first, and shortens the longest of the rest', () => {
    const cells = [
      { text: '   0.1 s' },
      { text: 'started', column: 10 },
      { text: 'Network', column: 12, shortens: true },
      { text: ID, shortens: true, optional: 1 },
    ]
    expect(row(cells, undefined)).toBe(`   0.1 s  started     Network       ${ID}`)
    expect(row(cells, 60)).toBe('   0.1 s  started     Network  arn:aws:cloudf…0-00000000000d')
    expect(row(cells, 40)).toBe('   0.1 s  started     Network')
  })

  it('breaks a text at spaces, and a word that is longer than the line inside', () => {
    expect(wrapped('The bucket exists already', 12)).toEqual(['The bucket', 'exists', 'already'])
    expect(wrapped('at 0123456789abc', 6)).toEqual(['at', '012345', '6789ab', 'c'])
    expect(indented('one two', 2, 6)).toEqual(['  one', '  two'])
  })

  it('is never longer than the width, and wrapping loses no character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 90 }), (text, width) => {
        const lines = wrapped(text, width)
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        expect(widthOf(shortened(text, width))).toBeLessThanOrEqual(width)
        expect(widthOf(padded(text, width))).toBe(Math.max(width, widthOf(text)))
      }),
    )
  })
})

describe('a command that is longer than a line', () => {
  it('stays the same command for a shell, which joins lines that end with a backslash', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 60 }), (text, width) => {
        const lines = commandLines(text, width)
        expect(lines.join('\n').replaceAll('\\\n', '')).toBe(text)
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width)
      }),
    )
  })
})
