import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UNDER_WAY_QUERY } from '../../src/cli/under-way/log-query.ts'
import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { asMap, readTemplate } from './ros-template.ts'
import { ROOT } from './serverless-devs.ts'

/** Compares `examples/deploy/monitoring.yml` and the indexes with docs/logging.md. */

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const templateOf = (name: string) => readTemplate(textOf(`examples/deploy/${name}`))
const monitoring = templateOf('monitoring.yml')

const listOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : []

const logging = textOf('docs/logging.md')
const [lines = '', inLogService = '', messages = ''] = logging.split(/^## (?:In Log Service|Messages)\n/m)
const namesInFirstColumn = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
const fieldsOfBridge = namesInFirstColumn(lines)
const fieldsOfFunctionCompute = namesInFirstColumn(inLogService)
const documentedMessages = namesInFirstColumn(messages)

function indexOf(template: string) {
  const keys = listOf(asMap(templateOf(template).Resources['LogIndex']?.['Properties'])['KeyIndices'])
  const named = (key: JsonObject) => asText(key['Name'] ?? '')
  const message = keys.find((key) => named(key) === 'message')
  return {
    ofBridge: listOf(message?.['JsonKeyIndices']).map(named),
    ofFunctionCompute: keys.filter((key) => key !== message).map(named),
  }
}

const charts = listOf(asMap(monitoring.Resources['Dashboard']?.['Properties'])['Charts']).map((chart) => ({
  title: asText(chart['title'] ?? ''),
  query: asText(asMap(chart['search'])['query'] ?? ''),
}))

const alerts = Object.values(monitoring.Resources)
  .filter(({ Type }) => Type === 'ALIYUN::SLS::Alert')
  .map(({ Properties }) => {
    const detail = asMap(asMap(Properties)['Detail'])
    const configuration = asMap(detail['Configuration'])
    return {
      title: asText(detail['Name'] ?? ''),
      query: asText(listOf(configuration['QueryList'])[0]?.['Query'] ?? ''),
      policy: asMap(configuration['PolicyConfiguration']),
      interval: asText(asMap(detail['Schedule'])['Interval'] ?? ''),
      span: listOf(configuration['QueryList'])[0] ?? {},
      texts: listOf(configuration['Annotations']).map(({ Value }) => asText(Value ?? '')),
      groups: asMap(configuration['GroupConfiguration'])['Fields'],
    }
  })

const queries = [...charts, ...alerts]

/** Of a text such as `5m`. */
function secondsOf(text: string): number {
  const [, count, unit] = /^(\d+)([sm])$/.exec(text) ?? []
  return Number(count) * (unit === 'm' ? 60 : 1)
}

/** Names in a query that are its own columns, or functions and words of SQL, are not fields of the log. */
const SQL =
  /^(?:SELECT|FROM|WHERE|GROUP|BY|HAVING|ORDER|LIMIT|AS|IN|IS|NOT|NULL|CASE|WHEN|THEN|END|DISTINCT|DESC|AND|OR|LIKE|count|count_if|max|min|max_by|from_unixtime|to_unixtime|now|coalesce|date_format|__time__)$/

function fieldsIn(query: string) {
  const withoutTexts = query.replaceAll(/'[^']*'/g, '').replaceAll(/: "[^"]*"/g, ':')
  const own = [...withoutTexts.matchAll(/\bAS (\w+)/g)].map(([, name]) => name)
  const ofBridge = [...withoutTexts.matchAll(/\bmessage\.(\w+)/g)].map(([, name = '']) => name)
  const rest = withoutTexts.replaceAll(/"?message\.\w+"?/g, '')
  const ofFunctionCompute = [...rest.matchAll(/\b[A-Za-z_]\w*/g)]
    .map(([name]) => name)
    .filter((name) => !SQL.test(name) && !own.includes(name))
  return { ofBridge: [...new Set(ofBridge)], ofFunctionCompute: [...new Set(ofFunctionCompute)] }
}

/** Only messages are long texts in the queries. */
const textsIn = (query: string): readonly string[] =>
  [...query.matchAll(/'([^']*)'/g), ...query.matchAll(/: "([^"]*)"/g)]
    .map(([, text = '']) => text)
    .filter((text) => text.length > 10)

describe.each(['stackbridge.yml', 'prerequisites.yml'])('the index of %s', (template) => {
  it('has fields that docs/logging.md has', () => {
    const { ofBridge, ofFunctionCompute } = indexOf(template)
    expect(ofBridge.length).toBeGreaterThan(10)
    expect(ofBridge.filter((name) => !fieldsOfBridge.includes(name))).toEqual([])
    expect(ofFunctionCompute).toEqual(expect.arrayContaining([...fieldsOfFunctionCompute]))
    expect(fieldsOfFunctionCompute).toEqual(expect.arrayContaining([...ofFunctionCompute]))
  })

  it.each(queries)('has the fields of the query $title', ({ query }) => {
    const asked = fieldsIn(query)
    const { ofBridge, ofFunctionCompute } = indexOf(template)
    expect(asked.ofBridge.filter((name) => !ofBridge.includes(name))).toEqual([])
    expect(asked.ofFunctionCompute.filter((name) => !ofFunctionCompute.includes(name))).toEqual([])
    expect([...asked.ofBridge, ...asked.ofFunctionCompute]).not.toEqual([])
  })
})

describe('the monitoring template', () => {
  it.each(queries)('searches in $title for messages that the log has', ({ query }) => {
    expect(textsIn(query).filter((text) => !documentedMessages.includes(text))).toEqual([])
  })

  it('has a rule for each alarm of docs/operations.md that a function can log', () => {
    const [, table = ''] = textOf('docs/operations.md').split(/^\| alarm on .*\n/m)
    const rows = table.split('\n\n')[0]?.split('\n') ?? []
    const alarms = rows
      .filter((row) => !row.includes('`stackbridge serve`'))
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text))
    expect(alarms.length).toBeGreaterThan(3)
    const ruled = alerts.flatMap(({ query }) => textsIn(query))
    expect([...ruled].sort()).toEqual([...alarms].sort())
    expect(rows.some((row) => row.includes('any line of the failure destination'))).toBe(true)
    expect(alerts.some(({ query }) => fieldsIn(query).ofBridge.includes('condition'))).toBe(true)
    expect(alerts.some(({ query }) => fieldsIn(query).ofFunctionCompute.includes('errorType'))).toBe(true)
  })

  it('notifies the contacts of the action policy in its parameter', () => {
    expect(alerts.length).toBe(3)
    for (const { policy } of alerts)
      expect(policy).toMatchObject({
        AlertPolicyId: 'sls.builtin.dynamic',
        ActionPolicyId: { Ref: 'ActionPolicyId' },
      })
  })

  /** https://www.alibabacloud.com/help/doc-detail/209188.htm */
  it('looks back by 70 seconds more than its rules’ interval, so that no line is missed that is indexed late', () => {
    for (const { interval, span } of alerts) {
      expect(span).toMatchObject({ TimeSpanType: 'Relative', End: 'now' })
      expect(secondsOf(asText(span['Start'] ?? '').slice(1))).toBeGreaterThanOrEqual(secondsOf(interval) + 70)
    }
  })

  it('uses only columns of its queries in its notifications and groups', () => {
    for (const { query, texts, groups } of alerts) {
      const columns = [
        ...fieldsIn(query).ofFunctionCompute,
        ...[...query.matchAll(/\bAS (\w+)/g)].map(([, name]) => name),
      ]
      const named = texts.flatMap((text) => [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name))
      const all = [...named, ...(Array.isArray(groups) ? groups.map((group) => asText(group)) : [])]
      expect(all.filter((name) => !columns.includes(name))).toEqual([])
    }
  })

  it('shows operations in progress by the query that `stackbridge ps` prints', () => {
    expect(charts.find(({ title }) => title === 'under-way')?.query).toBe(UNDER_WAY_QUERY)
  })

  it('shows the alarms of its rule on the dashboard', () => {
    const dashboard = charts.flatMap(({ title, query }) => (title === 'alarms' ? textsIn(query) : []))
    expect(dashboard).toEqual(alerts.flatMap(({ query }) => textsIn(query)))
  })
})
