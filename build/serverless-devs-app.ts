import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What of `serverless.yml` the application asks for: `s init` fills in `{{ name }}`. */
const ASKED = [
  ["region: ${env('ALIBABA_CLOUD_REGION_ID', 'cn-hangzhou')}", "region: '{{ region }}'"],
  ['functionName: stackbridge', "functionName: '{{ functionName }}'"],
] as const

/** The document of the application. Throws `TypeError` if `serverless.yml` has no such lines. */
export function applicationDocument(serverless: string): string {
  return ASKED.reduce((text, [own, asked]) => {
    if (text.split(own).length !== 2) throw new TypeError(`serverless.yml must have "${own}" once`)
    return text.replace(own, asked)
  }, serverless)
}

/** Writes the application's folder from a checkout whose `dist` is built. */
export async function writeApplication(checkout: string, folder: string, version: string): Promise<void> {
  const source = join(folder, 'src')
  await mkdir(join(source, 'dist'), { recursive: true })
  const publish = await readFile(join(checkout, 'build/serverless-devs/publish.yaml'), 'utf8')
  const serverless = await readFile(join(checkout, 'serverless.yml'), 'utf8')
  await Promise.all([
    writeFile(join(folder, 'publish.yaml'), publish.replace(/^Version: .*$/m, `Version: ${version}`)),
    writeFile(join(folder, 'version.md'), `- ${version}: see CHANGELOG.md\n`),
    writeFile(join(source, 's.yaml'), applicationDocument(serverless)),
    ...['dist/stackbridge.zip', 'dist/cli.mjs', 'dist/cli-chunks', 'LICENSE'].map((name) =>
      cp(join(checkout, name), join(source, name), { recursive: true }),
    ),
    cp(join(checkout, 'examples/deploy/prerequisites.yml'), join(source, 'prerequisites.yml')),
    ...['own-settings.yml', 'hand-off-queue.yml', 'built-in-runtime.yml'].map(async (name) => {
      const text = await readFile(join(checkout, 'examples/deploy', name), 'utf8')
      await writeFile(join(source, name), text.replaceAll('serverless.yml', 's.yaml'))
    }),
    ...[folder, source].map((place) =>
      cp(join(checkout, 'build/serverless-devs/readme.md'), join(place, 'readme.md')),
    ),
  ])
}
