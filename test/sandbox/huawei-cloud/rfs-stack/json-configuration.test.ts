import { describe, expect, it } from 'vitest'
import { HclError, parseHcl } from '../../../../src/sandbox/huawei-cloud/rfs-stack/hcl.ts'
import { parseConfiguration } from '../../../../src/sandbox/huawei-cloud/rfs-stack/json-configuration.ts'

describe("a configuration in Terraform's JSON syntax", () => {
  it('means the same as in HCL', () => {
    const json = {
      variable: { size: { type: 'number', default: 3 } },
      locals: [{ name: 'a "net"' }, { other: true }],
      resource: {
        huaweicloud_vpc: {
          vpc: { '//': 'a comment', name: '${local.name}-x', tags: { a: ['${var.size}'] } },
        },
      },
      output: { id: { value: '${huaweicloud_vpc.vpc.id}', sensitive: true } },
    }
    const hcl = `
      variable "size" {
        type = "number"
        default = 3
      }
      locals { name = "a \\"net\\"" }
      locals { other = true }
      resource "huaweicloud_vpc" "vpc" {
        name = "\${local.name}-x"
        tags = { "a" = ["\${var.size}"] }
      }
      output "id" {
        value = "\${huaweicloud_vpc.vpc.id}"
        sensitive = true
      }`
    expect(parseConfiguration(JSON.stringify(json))).toEqual(parseHcl(hcl))
  })

  it.each(['{', '{"resource": {"a": "b"}}', '{"output": 1}'])(
    'is refused if it is malformed: %s',
    (source) => {
      expect(() => parseConfiguration(source)).toThrow(HclError)
    },
  )
})
