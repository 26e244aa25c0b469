import { describeSettings } from '../src/platform/settings.ts'
import { httpSettings } from '../src/platform/settings/http-settings.ts'
import { networkSettings } from '../src/platform/settings/network-settings.ts'
import { operationSettings } from '../src/platform/settings/operation-settings.ts'
import { proxySettings } from '../src/platform/settings/proxy-settings.ts'
import { secretSettings } from '../src/platform/settings/secret-settings.ts'
import { serverSettings } from '../src/platform/settings/server-settings.ts'
import { formatted } from './property-lists.ts'

interface Subject {
  readonly title: string
  readonly settings: Readonly<Record<string, { readonly name: string }>>
}

const SUBJECTS: readonly Subject[] = [
  { title: 'Operations', settings: operationSettings },
  { title: 'Network and answers', settings: networkSettings },
  { title: 'Secrets by reference', settings: secretSettings },
  { title: 'Proxy', settings: proxySettings },
  { title: 'HTTP', settings: httpSettings },
  { title: '`stackbridge serve`', settings: serverSettings },
]

/** `docs/settings.md`, formatted as the rest of the documents. Throws for a setting that is in no subject. */
export function settingsPage(): Promise<string> {
  const described = describeSettings()
  const sections = SUBJECTS.map(({ title, settings }) => {
    const names = new Set(Object.values(settings).map(({ name }) => name))
    const items = described.filter(({ name }) => names.has(name)).map(item)
    return { count: items.length, text: `## ${title}\n\n${items.join('\n')}` }
  })
  if (sections.reduce((sum, { count }) => sum + count, 0) !== described.length)
    throw new Error('A setting is in none of the subjects of docs/settings.md')
  return formatted(`# Settings

English | [简体中文](zh-CN/settings.md)

Environment variables of the function and of \`stackbridge serve\`. \`npm run schemas\` writes this page from
\`src/platform/settings\`; edit those files instead. \`stackbridge settings\` prints the same list and checks the values of the
environment. With a wrong value the function answers each event FAILED and names the setting; \`stackbridge serve\` does not
start.

Each item has the allowed values, the default and the meaning. Credentials and the region of a foreign cloud come from
variables that its own tools use: see the page of the resource type. How a proxy is used: [deploy.md](deploy.md#through-a-proxy).

${sections.map(({ text }) => text).join('\n\n')}
`)
}

function item({ name, meaning, rule, default: value }: ReturnType<typeof describeSettings>[number]): string {
  const standard = value === '' ? 'default: empty' : `default: \`${value}\``
  return `- \`${name}\` (${asText(rule)}; ${standard}): ${asText(meaning)}`
}

/** What stands between angle brackets is a tag to Markdown. */
function asText(text: string): string {
  return text.replaceAll('<', '\\<')
}
