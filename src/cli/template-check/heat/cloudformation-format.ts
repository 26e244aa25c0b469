import { NOT_TRANSFORMED, type Dialect } from '../dialect.ts'
import { CLOUDFORMATION } from '../cloudformation/dialect.ts'

/** Heat's own reading of CloudFormation's format: https://docs.openstack.org/heat/latest/template_guide/functions.html */
export const HEAT_CLOUDFORMATION: Dialect = {
  ...CLOUDFORMATION,
  cloud: 'Heat',
  isStrict: false,
  needsResources: false,
  sections: [...CLOUDFORMATION.sections, 'HeatTemplateFormatVersion'],
  sectionLimits: {},
  functions: [...CLOUDFORMATION.functions, ...['Fn::Replace', 'Fn::MemberListToMap', 'Fn::ResourceFacade']],
  isParameterType: () => true,
  logicalId: undefined,
  transformed: () => NOT_TRANSFORMED,
}
