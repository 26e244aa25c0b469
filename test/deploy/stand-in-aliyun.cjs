#!/usr/bin/env node
// Alibaba Cloud's command line in the place of the real one: it keeps in a file what it is told to make, writes down each
// call, and refuses what the services would refuse: unknown or missing arguments, a parameter that is made twice.
const { existsSync, readFileSync, writeFileSync } = require('node:fs')

const file = process.env.STAND_IN_STATE
const state = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { calls: [], stacks: {}, secrets: {}, objects: {}, buckets: [], policies: {}, attached: [] }
const [product, action, ...rest] = process.argv.slice(2)

function fail(message) {
  process.stderr.write(`ERROR: ${message}\n`)
  process.exit(1)
}

/** `--Name value` pairs; others are positional. */
function read(args) {
  const options = {}
  const positional = []
  for (let at = 0; at < args.length; at += 1) {
    if (!args[at].startsWith('--')) positional.push(args[at])
    else if (at + 1 === args.length || args[at + 1].startsWith('--')) options[args[at].slice(2)] = true
    else options[args[at].slice(2)] = args[(at += 1)]
  }
  return { options, positional }
}

function only(options, allowed) {
  for (const name of Object.keys(options))
    if (!allowed.some((one) => (one instanceof RegExp ? one.test(name) : one === name)))
      fail(`unknown --${name}`)
}

function need(options, names) {
  for (const name of names)
    if (options[name] === undefined || options[name] === '' || options[name] === true)
      fail(`--${name} is missing`)
}

function parametersOf(options) {
  const parameters = {}
  for (let n = 1; options[`Parameters.${n}.ParameterKey`] !== undefined; n += 1)
    parameters[options[`Parameters.${n}.ParameterKey`]] = options[`Parameters.${n}.ParameterValue`]
  return parameters
}

const stackOf = (id) =>
  Object.values(state.stacks).find((stack) => stack.StackId === id) ?? fail(`no stack ${id}`)
const PARAMETERS = /^Parameters\.\d+\.Parameter(?:Key|Value)$/
const ros = {
  CreateStack(options) {
    only(options, ['RegionId', 'StackName', 'TemplateBody', PARAMETERS])
    need(options, ['RegionId', 'StackName', 'TemplateBody'])
    const { StackName, TemplateBody } = options
    if (state.stacks[StackName] !== undefined) fail('StackExists')
    const StackId = `id-of-${StackName}`
    state.stacks[StackName] = { StackId, TemplateBody, Parameters: parametersOf(options) }
    return { StackId }
  },
  UpdateStack(options) {
    only(options, ['RegionId', 'StackId', 'TemplateBody', 'UsePreviousParameters', PARAMETERS])
    need(options, ['RegionId', 'StackId', 'TemplateBody'])
    const stack = stackOf(options.StackId)
    const former = options.UsePreviousParameters === 'true' ? stack.Parameters : {}
    stack.TemplateBody = options.TemplateBody
    stack.Parameters = { ...former, ...parametersOf(options) }
    return { StackId: stack.StackId }
  },
  GetStack(options) {
    only(options, ['RegionId', 'StackId'])
    need(options, ['RegionId', 'StackId'])
    const Parameters = Object.entries(stackOf(options.StackId).Parameters)
    return {
      Status: 'CREATE_COMPLETE',
      Parameters: Parameters.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    }
  },
  ListStacks(options) {
    only(options, ['RegionId', 'StackName.1'])
    const stack = state.stacks[options['StackName.1']]
    const deleted = { StackId: 'id-of-a-deleted-stack', Status: 'DELETE_COMPLETE' }
    return {
      Stacks: [
        deleted,
        ...(stack === undefined ? [] : [{ StackId: stack.StackId, Status: 'CREATE_COMPLETE' }]),
      ],
    }
  },
  DeleteStack(options) {
    only(options, ['RegionId', 'StackId'])
    const { StackId } = stackOf(options.StackId)
    state.stacks = Object.fromEntries(
      Object.entries(state.stacks).filter(([, stack]) => stack.StackId !== StackId),
    )
    return {}
  },
}
const oos = {
  CreateSecretParameter(options) {
    only(options, ['RegionId', 'Name', 'Type', 'Value'])
    need(options, ['RegionId', 'Name', 'Type', 'Value'])
    if (!/^[\w-]{1,180}$/.test(options.Name)) fail('InvalidParameter: Name')
    if (state.secrets[options.Name] !== undefined) fail('EntityAlreadyExists.Parameter')
    state.secrets[options.Name] = options.Value
    return {}
  },
  UpdateSecretParameter(options) {
    only(options, ['RegionId', 'Name', 'Value'])
    if (state.secrets[options.Name] === undefined) fail('EntityNotExists.Parameter')
    state.secrets[options.Name] = options.Value
    return {}
  },
  GetSecretParameter(options) {
    only(options, ['RegionId', 'Name', 'WithDecryption'])
    const Value = state.secrets[options.Name] ?? fail('EntityNotExists.Parameter')
    return { Parameter: { Value: options.WithDecryption === 'true' ? Value : 'encrypted' } }
  },
  DeleteSecretParameter(options) {
    only(options, ['RegionId', 'Name'])
    delete state.secrets[options.Name]
    return {}
  },
}
const ram = {
  CreatePolicy(options) {
    only(options, ['PolicyName', 'PolicyDocument'])
    state.policies[options.PolicyName] = JSON.parse(options.PolicyDocument)
    return {}
  },
  AttachPolicyToUser(options) {
    only(options, ['PolicyType', 'PolicyName', 'UserName'])
    if (state.policies[options.PolicyName] === undefined) fail('EntityNotExist.Policy')
    state.attached.push(options.PolicyName)
    return {}
  },
  DetachPolicyFromUser(options) {
    only(options, ['PolicyType', 'PolicyName', 'UserName'])
    state.attached = state.attached.filter((name) => name !== options.PolicyName)
    return {}
  },
  DeletePolicy(options) {
    only(options, ['PolicyName'])
    if (state.attached.includes(options.PolicyName)) fail('DeleteConflict.Policy.User')
    delete state.policies[options.PolicyName]
    return {}
  },
}
const oss = {
  mb(options, [bucket]) {
    only(options, ['region', 'acl'])
    state.buckets.push(bucket)
    return {}
  },
  cp(options, [from, to]) {
    only(options, ['region'])
    if (!state.buckets.some((bucket) => to.startsWith(`${bucket}/`))) fail('NoSuchBucket')
    state.objects[to] = readFileSync(from).length
    return {}
  },
  rm(options, [prefix]) {
    only(options, ['recursive', 'force', 'region'])
    state.objects = Object.fromEntries(
      Object.entries(state.objects).filter(([name]) => !name.startsWith(prefix)),
    )
    return {}
  },
}
const { options, positional } = read(rest)
const call = { ros, oos, ram, oss }[product]?.[action] ?? fail(`unknown ${product} ${action}`)
const answer = call(options, positional)
state.calls.push({
  call: `${product} ${action}`,
  options,
  stacks: Object.fromEntries(
    Object.entries(state.stacks).map(([name, { Parameters }]) => [name, Parameters]),
  ),
})
writeFileSync(file, JSON.stringify(state))
process.stdout.write(`${JSON.stringify(answer)}\n`)
