import { gzipSync } from 'node:zlib'
import { indexObjects } from '../../src/channels/http/json-index.ts'
import { eventsIn } from '../../src/channels/mns/message.ts'
import { elementsOf, textOf } from '../../src/channels/mns/xml.ts'
import { referencesAt } from '../../src/cli/ros-template/references.ts'
import { checkTerraform } from '../../src/cli/template-check/terraform/check.ts'
import { parseSource } from '../../src/cli/validate/source-document.ts'
import { parseJson } from '../../src/platform/json.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import { withoutTrailingSlashes } from '../../src/platform/trailing-slashes.ts'
import { secretVariableValues } from '../../src/providers/huawei-cloud/secret-variables.ts'
import { variableNames } from '../../src/providers/huawei-cloud/tfvars.ts'
import { derivedStackName } from '../../src/providers/recognition/derived-stack-name.ts'
import { parseEvent } from '../../src/ros/event.ts'
import { buildFailure, buildSuccess } from '../../src/ros/reply.ts'
import { FIXED, type HardText } from './hard-texts.ts'

/** A function of the product that reads external text. */
export interface Scanner {
  readonly name: string
  readonly texts: readonly HardText[]
  /** Prepares, and returns the function to measure. */
  readonly run: (text: string) => () => unknown
}

const pumped = (...pumps: readonly string[]): HardText[] =>
  pumps.map((pump) => ({ head: '', pump, tail: '' }))
const replyTo = { responseUrls: {}, stackId: 's', requestId: 'r', logicalResourceId: 'l' }

function tolerant(run: () => unknown): () => unknown {
  return () => {
    try {
      return run()
    } catch (error) {
      if (error instanceof SyntaxError) return undefined
      throw error
    }
  }
}

const COMPRESSED = gzipSync('export TOKEN=hunter22secret\n'.repeat(1000)).toString('base64')

/** A thousand secrets that start like the text but are not in it. */
const alike = Array.from({ length: 1000 }, (_, index) => `${'a'.repeat(4 + index)}c`)

export const SCANNERS: readonly Scanner[] = [
  {
    name: 'Secrets.addFrom',
    texts: [
      ...pumped(
        'Password: x\n',
        'password: x\r',
        'export TOKEN=a b ',
        '{aaa',
        '\n- token: "x\\',
        'http://a:',
        'https://u:p@h ',
      ),
      ...pumped(
        "token='",
        ',aaa="',
        '-         a',
        '-----BEGIN A',
        'https://h/?sig=abcdef&',
        ';a.b.secret="\\"',
      ),
      ...pumped(
        '- ',
        '- - a: ',
        'a: |\n ',
        'a: &a b\n',
        'a: *a\n',
        '? a\n: ',
        '[',
        '{a: ',
        '{"a":[',
        "- 'a''",
        ' a:\n  b\n',
        '!a ',
      ),
      ...pumped(
        'a {\n',
        'a = [\n',
        'a = "${',
        'a = "${"',
        'a = <<A\n',
        'a = <<-EOT\n b\nEOT\n',
        '/*',
        'a "b" ',
        'a(',
      ),
      ...pumped(
        'mysql -p',
        '"a ',
        "'a ",
        'a "\\"',
        '\\" ',
        'a|chpasswd ',
        'YWJj ',
        'password=',
        '--token ',
        'a://b:',
        '@tcp(',
        '-----BEGIN PRIVATE KEY-----\nYWJj\n',
        'eyJ',
        '"Fn::Join": ["", [',
      ),
      ...pumped('H4sI', 'H4sIAAAAAAAAAAAA ', `${COMPRESSED} `, 'quoted-printable ', '=\n', '=41'),
      { head: 'quoted-printable ', pump: '=3D', tail: '' },
      { head: 'quoted-printable ', pump: '=        ', tail: '' },
      { head: 'https://h/?', pump: 'sig=abcdef&', tail: '' },
      { head: 'token: ', pump: 'a'.repeat(1000), tail: '' },
    ],
    run: (text) => () => {
      new Secrets().addFrom({ Template: text })
    },
  },
  {
    name: 'Secrets.addFrom, as a name',
    texts: [],
    run: (text) => () => {
      new Secrets().addFrom({ [text]: 'x' })
    },
  },
  {
    name: 'Secrets.mask',
    texts: [
      ...pumped('a', 'aaaab', 'b', '%', '%25', '&amp;', '\\\\', '\\u005c', 'YWFh', '6161', '\n ', '+'),
      ...pumped('A', 'aA', '=', '=41', '=3D', '=\n', '=3D41'),
      { head: '', pump: 'a'.repeat(1003), tail: 'b' },
    ],
    run: (text) => {
      const secrets = new Secrets()
      for (const value of alike) secrets.add(value)
      secrets.mask('make the matcher')
      return () => secrets.mask(text)
    },
  },
  {
    name: 'Secrets.mask, many secrets',
    texts: pumped('secret-00001,', '0,'),
    run: (text) => {
      const count = Math.floor(text.length / 64)
      const secrets = new Secrets()
      for (let index = 0; index < count; index += 1) secrets.add(`secret-${String(index).padStart(5, '0')}`)
      secrets.mask('make the matcher')
      return () => secrets.mask(text)
    },
  },
  {
    name: 'variableNames of tfvars',
    texts: pumped('a', '"\\"', 'a ', 'a\n=', '{', '"'),
    run: (text) => () => variableNames(text),
  },
  {
    name: 'secretVariableValues of a template',
    texts: pumped(
      'variable "x" {\n sensitive = true\n',
      'variable "x" { sensitive = ',
      'variable',
      'a = "${',
      '{"variable":[',
      '/* ',
      'a = <<A\n',
      'variable "',
      '{',
      '}',
    ),
    run: (text) => () => secretVariableValues({ TemplateBody: text }, []),
  },
  {
    name: 'secretVariableValues of a VarsBody',
    texts: pumped('a="\\', 'a = "x"\n', 'a ', 'a="\r'),
    run: (text) => () => secretVariableValues({ VarsBody: text }, ['a']),
  },
  {
    name: "the members that ROS's signature covers",
    texts: pumped('"\\"', '1', '[1,', '1e', '-'),
    run: (text) => tolerant(() => indexObjects(Buffer.from(text))),
  },
  {
    name: 'parseJson',
    texts: pumped('[', '{"a":', '"\\'),
    run: (text) => () => parseJson(Buffer.from(text)),
  },
  {
    name: 'parseEvent',
    texts: [],
    run: (text) => {
      const json = parseJson(
        Buffer.from(JSON.stringify({ RequestType: text, ResponseURL: text, [text]: { [text]: text } })),
      )
      return () => parseEvent(json)
    },
  },
  {
    name: 'textOf of MNS',
    texts: pumped('<Message ', '<MessageX>', '<Message>x'),
    run: (text) => () => textOf(text, 'Message'),
  },
  {
    name: 'textOf of CDATA',
    texts: pumped(']]> '),
    run: (text) => () => textOf(`<Message><![CDATA[${text}x</Message>`, 'Message'),
  },
  {
    name: 'elementsOf of MNS',
    texts: pumped('<Message></Message>', '<Message '),
    run: (text) => () => elementsOf(text, 'Message'),
  },
  {
    name: 'eventsIn',
    texts: pumped(' ', '<?xml', '[{"a":1}],', 'YWFh\n'),
    run: (text) => () => eventsIn(Buffer.from(text)),
  },
  {
    name: 'buildFailure',
    texts: pumped('é', '\u{1f600}'),
    run: (text) => () => buildFailure({ replyTo, reason: text, limitBytes: 4096 }),
  },
  {
    name: 'buildSuccess',
    texts: [],
    run: (text) => {
      const outputs = Object.fromEntries(
        Array.from({ length: text.length / 64 }, (_, index) => [`o${String(index)}`, text.slice(0, 50)]),
      )
      return () => buildSuccess({ replyTo, physicalResourceId: 'id', outputs, limitBytes: 4096 })
    },
  },
  { name: 'withoutTrailingSlashes', texts: [], run: (text) => () => withoutTrailingSlashes(text) },
  {
    name: 'derivedStackName',
    texts: pumped('a-', '-a', 'é'),
    run: (text) => () =>
      derivedStackName(
        { rosStackId: 'i', rosStackName: text, logicalResourceId: text },
        { invalid: /[^a-zA-Z0-9]/g, longest: 128 },
      ),
  },
  {
    name: 'references of validate',
    texts: pumped('${a', '${a.', '${!', '.', '['),
    run: (text) => () => [
      referencesAt({ 'Fn::Sub': text }, 'P'),
      referencesAt({ Ref: text }, 'P'),
      referencesAt({ 'Fn::GetAtt': [text, 'a'] }, 'P'),
    ],
  },
  {
    name: 'a template of Terraform in validate',
    texts: pumped('a "b" {\n', 'a = "${', 'a = [', 'a = x.', 'a = "${x.', '{"a":', 'variable "x" {}\n'),
    run: (text) => () => checkTerraform([{ path: 'T', text }]),
  },
  {
    name: 'a template in YAML in validate',
    texts: pumped('a: 1\n', 'a: !Ref b\n', '- ', '{a: ', 'a: |\n  b\n'),
    run: (text) => () => parseSource(text),
  },
]

export function textsOf({ texts }: Scanner): readonly HardText[] {
  return [...texts, ...FIXED]
}
