import { describe, expect, it } from 'vitest'
import { includeFiles } from '../../../src/cli/ros-template/included-files.ts'
import { packageTemplate } from '../../../src/cli/ros-template/package-template.ts'
import { readMap } from '../../../src/cli/ros-template/source.ts'

const template = (stack: string): string => `# a comment
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  A:
    Type: Custom::HeatStack
    Properties:
      Parameters:
        Stack: ${stack}
        Note: !Ref X # a short form
`

const FILES: Record<string, string> = {
  'dir/net.yml': 'heat_template_version: 2018-08-31\n\nresources:\n  n: { type: "OS::Heat::None" } # é\n',
  'dir/env.yml': 'parameters: {}',
  'shared/f.sh': '#!/bin/sh\n\techo "$1"\n',
}

const read = (text: string) => (path: string) => {
  const found = path === 'dir/ros.yml' ? text : FILES[path]
  return found === undefined ? Promise.reject(new Error(`no ${path}`)) : Promise.resolve(Buffer.from(found))
}

describe('files that a ROS template includes', () => {
  it('are inserted as texts, byte by byte, at any place in Stack', async () => {
    const text = template(
      '{ Template: file://net.yml, Environment: file://env.yml, Files: { f: "file://../shared/f.sh" } }',
    )
    const included = await includeFiles('dir/ros.yml', text, read(text))
    expect(included.files).toEqual(['dir/net.yml', 'dir/env.yml', 'shared/f.sh'])
    expect(readMap('dir/ros.yml', Buffer.from(included.text))).toMatchObject({
      Resources: {
        A: {
          Properties: {
            Parameters: {
              Stack: {
                Template: FILES['dir/net.yml'],
                Environment: FILES['dir/env.yml'],
                Files: { f: FILES['shared/f.sh'] },
              },
              Note: { Ref: 'X' },
            },
          },
        },
      },
    })
    expect(included.text).toContain('# a comment')
    expect(included.text).toContain('!Ref X # a short form')
  })

  it('are not searched for in the parameters of the foreign cloud', async () => {
    const text = template('{ Parameters: { Home: file:///home } }')
    expect(await includeFiles('dir/ros.yml', text, read(text))).toEqual({ text, files: [] })
  })

  it('have paths relative to the template, so that it works in any folder', async () => {
    const text = template('{ Template: file:///etc/net.yml }')
    await expect(includeFiles('dir/ros.yml', text, read(text))).rejects.toThrow(
      'includes file:///etc/net.yml; give a path that is relative',
    )
  })

  it('may not make the template larger than the limit of ROS', async () => {
    FILES['dir/large.yml'] = 'x'.repeat(524_288)
    const text = template('{ Template: file://large.yml }')
    await expect(packageTemplate('dir/ros.yml', read(text), { stores: [], all: false })).rejects.toThrow(
      /has 524\d\d\d bytes with its files, and ROS takes at most 524288: .*--upload-to/,
    )
  })
})
