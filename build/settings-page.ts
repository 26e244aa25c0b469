import { format } from 'prettier'
import { describeSettings } from '../src/platform/settings.ts'

/** `docs/settings.md`, formatted as the rest of the documents. */
export async function settingsPage(): Promise<string> {
  const rows = describeSettings().map(
    ({ name, meaning, rule, default: value }) =>
      `| \`${name}\` | ${cell(meaning)} | ${cell(rule)} | ${value === '' ? 'empty' : `\`${value}\``} |`,
  )
  const page = `# Settings

Environment variables of the function and of \`stackbridge serve\`. \`npm run build\` writes this page from
\`src/platform/settings\`; edit those files instead. \`stackbridge settings\` prints the same list and checks the values of the
environment. With a wrong value the function answers each event FAILED and names the setting; \`stackbridge serve\` does not
start.

| variable | meaning | value | default |
| --- | --- | --- | --- |
${rows.join('\n')}

Credentials and the region of a foreign cloud come from variables that its own tools use: see the page of the resource type.
\`NO_PROXY\`, \`HTTPS_PROXY\`, \`HTTP_PROXY\` and \`ALL_PROXY\` are described in
[deploy.md](deploy.md).
`
  return format(page, { parser: 'markdown', proseWrap: 'always', printWidth: 120 })
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
