const { appendFileSync } = require('node:fs')

/** A component of Serverless Devs in the place of `fc3`: it writes down what it would have deployed. */
exports.default = class {
  async deploy({ props, resource }) {
    appendFileSync(process.env.STAND_IN_RECORD, `${JSON.stringify({ name: resource.name, props })}\n`)
    return { functionName: props.functionName }
  }
}
