// Runs in the stand-in for an FC instance: loads the handler as the runtime does and calls it for each message.
const [, , entry, style] = process.argv

for (const name of Object.keys(process.env)) if (name.startsWith('FC_')) delete process.env[name]
const { handler } = await import(entry)

process.on('message', ({ id, event, context }) => {
  const answer = (result) => process.send({ id, ...result })
  const invoked =
    style === 'callback' ? callWithCallback(event, context) : handler(Buffer.from(event), context)
  invoked.then(
    (value) => answer({ value }),
    (error) => answer({ error: error instanceof Error ? error.message : String(error) }),
  )
})

// On Node 16 and earlier the promise's value is ignored, and a rejection is an error.
function callWithCallback(event, context) {
  return new Promise((resolve, reject) => {
    handler(Buffer.from(event), context, (error, value) => (error ? reject(error) : resolve(value))).catch(
      reject,
    )
  })
}

process.send({ ready: process.version })
