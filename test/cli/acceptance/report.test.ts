import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FACTS, observationsOf } from '../../../src/cli/acceptance/facts.ts'
import { reportMarkdown, type AcceptanceReport } from '../../../src/cli/acceptance/report.ts'
import { withoutAccounts } from '../../../src/cli/acceptance/without-accounts.ts'

const REPORT: AcceptanceReport = {
  version: 1,
  stackbridge: '1.2.3',
  node: '24.0.0',
  run: 'ab12cd34',
  startedAt: '2026-11-29T10:00:00.000Z',
  endedAt: '2026-11-29T10:05:00.000Z',
  subjects: ['aws'],
  sandbox: false,
  scenarios: [
    {
      subject: 'aws',
      scenario: 'create',
      title: 'a Create',
      result: 'failed',
      detail: 'a | b\n<script> [link](x) @someone',
      elapsedMs: 1234,
    },
  ],
  facts: observationsOf([{ fact: 'ref', seen: 'the PhysicalResourceId' }]),
  left: ['aws stackbridge-acceptance-ab12cd34 Stack: denied'],
}

describe('the report of an acceptance run', () => {
  it("shows a cloud's text as plain text: without markup, extra cells or extra lines", () => {
    const markdown = reportMarkdown(REPORT)
    expect(markdown).toContain(
      String.raw`| aws | a Create | failed | 1.2 s | a \| b \<script\> \[link\](x) @` +
        '\u200b' +
        'someone |',
    )
  })

  it('lists every fact, with the observation or the reason why there is none', () => {
    const markdown = reportMarkdown(REPORT)
    expect(markdown).toContain('| the PhysicalResourceId |')
    expect(markdown.match(/not observed, because/g)).toHaveLength(REPORT.facts.length - 1)
    expect(markdown).toContain('- aws stackbridge-acceptance-ab12cd34 Stack: denied')
  })

  it("lists facts that docs/acceptance.md has, with the bridge's assumption", async () => {
    const page = await readFile(join(import.meta.dirname, '../../../docs/acceptance.md'), 'utf8')
    const text = page.replaceAll(/ +/g, ' ')
    expect(FACTS.filter(({ question, assumed }) => !text.includes(`| ${question} | ${assumed} |`))).toEqual(
      [],
    )
  })

  it.each([
    [
      'arn:aws:cloudformation:us-east-1:123456789012:stack/a/00000000-0000-4000-8000-000000000012',
      'arn:aws:cloudformation:us-east-1:[account]:stack/a/00000000-0000-4000-8000-000000000012',
    ],
    ['acs:fc:cn-hangzhou:1234567890123456:functions/a', 'acs:fc:cn-hangzhou:[account]:functions/a'],
    ['project 0123456789abcdef0123456789abcdef', 'project [account]'],
    ['GET https://keystone.corp.example:5000/v3 failed', 'GET https://[host]/v3 failed'],
    ['took 123456 ms', 'took 123456 ms'],
  ])('contains no ids of accounts and no addresses: %s', (text, shown) => {
    expect(withoutAccounts(text)).toBe(shown)
  })
})
