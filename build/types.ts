import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'

/** `tsx build/types.ts`: writes the declarations of the library into `dist/types`, those that its entry refers to and no others. */

const ROOT = join(import.meta.dirname, '..')
const CONFIG = join(ROOT, 'tsconfig.types.json')

const { fileNames, options, errors } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(CONFIG, (path) => ts.sys.readFile(path)).config,
  ts.sys,
  ROOT,
)
const program = ts.createProgram(fileNames, options)
const emitted = new Map<string, string>()
const { diagnostics } = program.emit(undefined, (path, text) => emitted.set(resolve(path), text))
const problems = [...errors, ...ts.getPreEmitDiagnostics(program), ...diagnostics]
if (problems.length > 0)
  throw new Error(
    ts.formatDiagnostics(problems, {
      getCurrentDirectory: () => ROOT,
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
    }),
  )

const folder = join(ROOT, 'dist/types')
const entry = join(folder, 'handlers/library.d.ts')
await rm(folder, { recursive: true, force: true })
for (const path of referredTo(entry)) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, emitted.get(path) ?? '')
}

/** The declarations that a file refers to, itself included. */
function referredTo(from: string): ReadonlySet<string> {
  const found = new Set([from])
  // The loop also visits what is added to the set meanwhile.
  for (const path of found) {
    const text = emitted.get(path)
    if (text === undefined) throw new Error(`${path} is referred to and was not emitted`)
    for (const { fileName } of ts.preProcessFile(text).importedFiles)
      if (fileName.startsWith('.')) found.add(resolve(dirname(path), fileName.replace(/\.[jt]s$/, '.d.ts')))
  }
  return found
}
