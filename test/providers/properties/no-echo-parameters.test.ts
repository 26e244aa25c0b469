import { describe, expect, it } from 'vitest'
import { noEchoParameters as noEchoParametersOf } from '../../../src/providers/properties/no-echo-parameters.ts'

const LARGEST_BYTES = 51_200
const noEchoParameters = (template: unknown) => noEchoParametersOf(template, LARGEST_BYTES)
const marked = (noEcho: string) =>
  `Parameters:\n  Pin: {Type: String, NoEcho: ${noEcho}}\n  Open: {Type: String}\n`

describe('the NoEcho parameters of a template', () => {
  it.each(['true', "'true'", 'True', 'yes', 'on'])('are those with NoEcho %s', async (noEcho) => {
    expect(await noEchoParameters(marked(noEcho))).toEqual(['Pin'])
  })

  it.each(['false', "'false'", 'no'])('are not those with NoEcho %s', async (noEcho) => {
    expect(await noEchoParameters(marked(noEcho))).toEqual([])
  })

  it.each([
    '{"Parameters": {"Pin": {"Type": "String", "NoEcho": true}, "Open": {"Type": "String"}}}',
    'Parameters:\n  Pin: {Type: String, NoEcho: yes}\nResources: {A: !Ref B}',
    'x: &x {NoEcho: true}\nParameters:\n  Pin: {<<: *x, Type: String}',
  ])('are found in %j', async (template) => {
    expect(await noEchoParameters(template)).toEqual(['Pin'])
  })

  it('are found in a map, too', async () => {
    const Parameters = { Pin: { Type: 'String', NoEcho: 'true' }, Open: { Type: 'String' } }
    expect(await noEchoParameters({ Parameters })).toEqual(['Pin'])
  })

  it('are found in spite of a duplicate name', async () => {
    expect(await noEchoParameters(`${marked('true')}Description: a\nDescription: b\n`)).toEqual(['Pin'])
  })

  it.each([
    ['is no YAML', '{ NoEcho'],
    ['is nested too deeply', `NoEcho: ${'['.repeat(20_000)}`],
    ['is larger than its cloud takes', `${marked('true')}#${'x'.repeat(60_000)}`],
  ])('are not known where it %s', async (_, template) => {
    expect(await noEchoParameters(template)).toBeUndefined()
  })
})
