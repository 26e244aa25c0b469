/** Preloaded: records which files of HOME are opened and which host names are resolved, and prints them at the end of the process. */
const fs = require('node:fs')
const dns = require('node:dns')
const { syncBuiltinESMExports } = require('node:module')

const files = []
const names = []
globalThis.recordedNames = names
const note = (path) => {
  if (String(path).startsWith(process.env.HOME)) files.push(String(path))
}
for (const [owner, methods] of [
  [
    fs,
    ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream', 'stat', 'statSync', 'existsSync'],
  ],
  [fs.promises, ['open', 'readFile', 'stat', 'access']],
])
  for (const method of methods) {
    const original = owner[method]
    owner[method] = (path, ...rest) => {
      note(path)
      return original.call(owner, path, ...rest)
    }
  }
dns.lookup = (name, options, callback) => {
  names.push(name)
  const done = typeof options === 'function' ? options : callback
  process.nextTick(done, Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }))
}
syncBuiltinESMExports()
process.on('exit', () => {
  fs.writeSync(1, JSON.stringify({ files, names }))
})
