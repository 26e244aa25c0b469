import { ownValue } from '../../../platform/own-value.ts'
import type { JsonValue } from '../../../platform/json.ts'
import { HeatFault } from '../fault.ts'
import { environmentOf } from './environment.ts'
import { notFound, ok, type HeatRequest, type HeatResponse } from './heat-http.ts'
import { filesIn } from './stack-request.ts'
import { checkTemplate } from './template-checks.ts'
import { parseTemplate } from './template.ts'
import { TYPE_ATTRIBUTES } from './type-attributes.ts'

/** Answers what concerns no stack: types, versions, the validation of a template. Throws `HeatFault`. */
export function aboutHeat(collection: string, name: string | undefined, request: HeatRequest): HeatResponse {
  switch (collection) {
    case 'validate':
      return validated(request)
    case 'resource_types':
      return name === undefined ? ok({ resource_types: Object.keys(TYPE_ATTRIBUTES) }) : typeSchema(name)
    case 'template_versions':
      return ok({
        template_versions: [{ version: 'heat_template_version.2018-08-31', type: 'hot', aliases: [] }],
      })
    case 'build_info':
      return ok({ api: { revision: 'sandbox' }, engine: { revision: 'sandbox' } })
    default:
      throw notFound()
  }
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#show-resource-type-schema, without properties */
function typeSchema(type: string): HeatResponse {
  const attributes = ownValue(TYPE_ATTRIBUTES, type)
  if (attributes === undefined)
    throw new HeatFault(404, 'EntityNotFound', `The Resource Type (${type}) could not be found.`)
  const names = attributes.split(' ').flatMap((one) => one.split(':', 1))
  return ok({
    resource_type: type,
    properties: {},
    attributes: Object.fromEntries(names.map((name) => [name, { description: 'No description' }])),
    support_status: { status: 'SUPPORTED', version: null, message: null, previous_status: null },
  })
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#validate-template */
function validated({ body }: HeatRequest): HeatResponse {
  const files = filesIn(body)
  const template = parseTemplate(body['template'], files, environmentOf(body))
  checkTemplate(template, files, () => true)
  const { parameters, description } = template
  const shown = [...parameters].map(([name, { type, hidden, defaultValue }]): [string, JsonValue] => [
    name,
    {
      Label: name,
      Type: SHOWN_TYPES[type] ?? type,
      NoEcho: String(hidden),
      ...(defaultValue === undefined ? {} : { Default: defaultValue }),
    },
  ])
  return ok({ Description: description ?? 'No description', Parameters: Object.fromEntries(shown) })
}

/** heat/engine/api.py */
const SHOWN_TYPES: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  comma_delimited_list: 'CommaDelimitedList',
  json: 'Json',
  boolean: 'Boolean',
}
