import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { rendererFor, withJsonOption, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { readBytes } from '../options/read-bytes.ts'
import type { PackagedTemplate } from '../ros-template/package-template.ts'
import type { TemplateUpload } from '../ros-template/template-uploads.ts'
import { writeLine } from '../terminal/terminal-text.ts'
import type { ObjectStore } from '../upload/object-store.ts'
import { pathProblem } from '../../platform/path-problem.ts'
import { UsageError } from '../usage-error.ts'

interface PackageOptions extends CommonOptions {
  readonly out?: string
  readonly upload?: boolean
  readonly uploadTo?: readonly string[]
  readonly uploadHeaderFrom?: string
}

export function addPackage(program: Command, { io, setExitCode }: CommandContext): void {
  withJsonOption(program.command('package'))
    .description(
      'Put the files that a ROS template includes into it, and write the one template that ROS takes.',
    )
    .argument('<template>', "ROS template; '-' for standard input")
    .option('--out <file>', "the file to write; by default, or for '-', the template goes to standard output")
    .option(
      '--upload-to <place>',
      'where templates go that are too long: s3://BUCKET/PREFIX, oss://…, obs://… or https://…; may be repeated',
      addPlace,
    )
    .option('--upload', 'upload every included template of a stack, also a short one')
    .option(
      '--upload-header-from <variable>',
      'the environment variable with the header that an https:// place needs, such as X-Auth-Token: TOKEN',
    )
    .addHelpText(
      'after',
      `
In the Stack of a custom resource, a value such as Template: file://network.yml becomes the text of that file. The path is
relative to the template's folder. Comments stay. Check the template with validate before, while its files can be read.

With --upload-to, a template that is too long for its cloud, for an event or for ROS is put there, under a name made of its
SHA-256, and TemplateURL (TemplateUri of RFS) holds its address. What is there already is not sent again. AWS
CloudFormation reads from s3://, ROS from oss:// or https://, RFS from obs://, Heat from https://. A bucket's region is that
of ?region=REGION, else of AWS_REGION, FC_REGION or HW_REGION_NAME. Credentials come from the environment:
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET;
HW_ACCESS_KEY and HW_SECRET_KEY.

Examples:
  stackbridge package my-template.yml > packaged.yml
  stackbridge package my-template.yml --out packaged.yml
  stackbridge package my-template.yml --out packaged.yml --upload-to s3://my-bucket/templates
  stackbridge package my-template.yml --upload --upload-to 'oss://my-bucket?region=cn-hangzhou'`,
    )
    .action(async (path: string, _: unknown, command: Command) => {
      setExitCode(await runPackage(path, command.optsWithGlobals<PackageOptions>(), io))
    })
}

function addPlace(place: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), place]
}

async function runPackage(path: string, options: PackageOptions, io: Console): Promise<number> {
  const { packageTemplate } = await import('../ros-template/package-template.ts')
  const { Secrets: OwnSecrets } = await import('../../platform/secrets.ts')
  const secrets = new OwnSecrets()
  const upload = { stores: await storesOf(options, io, secrets), all: options.upload === true }
  const packaged = await packageTemplate(path, (file) => readBytes(file, io.stdin), upload)
  const done = await uploadAll(packaged.uploads, io, secrets)
  if (options.out === undefined || options.out === '-') {
    for (const { path: address, what } of done) writeLine(io.stderr, `${address}  ${what}`)
    io.stdout.write(packaged.text)
    return EXIT.success
  }
  await writeOut(options.out, packaged.text)
  const renderer = await rendererFor(options, io)
  for (const one of [...done, { path: options.out, what: summaryOf(packaged) }])
    renderer.report({ type: 'written', ...one })
  renderer.close()
  return EXIT.success
}

/** The places of `--upload-to`. Throws `UsageError`. */
async function storesOf(
  { upload, uploadTo = [], uploadHeaderFrom: headerVariable }: PackageOptions,
  { environment }: Console,
  secrets: Secrets,
): Promise<readonly ObjectStore[]> {
  if (upload === true && uploadTo.length === 0)
    throw new UsageError('--upload needs a place; give --upload-to, for example s3://BUCKET/PREFIX')
  if (uploadTo.length === 0) return []
  const { systemClock } = await import('../../platform/clock.ts')
  const { readDestination } = await import('../upload/destination.ts')
  const { openStore } = await import('../upload/object-store.ts')
  const { localSettings } = await import('../local-bridge/local-settings.ts')
  const { endpointHosts } = localSettings(environment)
  const surroundings = { environment, clock: systemClock, secrets, headerVariable, endpointHosts }
  const stores = uploadTo.map((place) => openStore(readDestination(place, environment), surroundings))
  if (new Set(stores.map(({ kind }) => kind)).size < stores.length)
    throw new UsageError('--upload-to names two places of the same kind; give one for each cloud')
  return stores
}

interface Written {
  readonly path: string
  readonly what: string
}

async function uploadAll(
  uploads: readonly TemplateUpload[],
  { environment }: Console,
  secrets: Secrets,
): Promise<readonly Written[]> {
  if (uploads.length === 0) return []
  const { createNetwork } = await import('../../platform/network.ts')
  const { localSettings } = await import('../local-bridge/local-settings.ts')
  const { upload } = await import('../upload/upload.ts')
  const network = createNetwork(localSettings(environment))
  const written: Written[] = []
  try {
    for (const { logicalId, source, store, file, isMasked } of uploads) {
      const outcome = await upload(store, file, { network, secrets })
      const known = outcome === 'unchanged' ? ', which was there already' : ''
      const hint = isMasked ? '' : '; name its hidden parameters in SecretParameters, if it has any'
      written.push({
        path: store.addressOf(file.name),
        what: `template of ${logicalId} from ${source}, ${String(file.bytes.length)} bytes${known}${hint}`,
      })
    }
  } finally {
    await network.close()
  }
  return written
}

function summaryOf({ text, files }: PackagedTemplate): string {
  return `ROS template of ${String(Buffer.byteLength(text))} bytes (ROS takes ${String(ROS_LIMITS.template.most)}), with ${String(files.length)} ${files.length === 1 ? 'file' : 'files'}`
}

async function writeOut(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (cause) {
    throw new UsageError(`${path} cannot be written (${pathProblem(cause)}); give another file with --out`, {
      cause,
    })
  }
}
