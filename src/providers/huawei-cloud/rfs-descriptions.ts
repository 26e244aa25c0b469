import { sharedDescriptions } from '../properties/property-descriptions.ts'

/** Of the properties that RFS's resource types share: see `rfs-properties.ts`. */
export const variablesDescriptions = {
  VarsBody: 'Variables as the text of a `.tfvars` file. Not together with `Parameters`.',
  VarsUri: 'The address of a `.tfvars` file in OBS.',
}

export const templateDescriptions = {
  TemplateBody: "The template, in Terraform's HCL.",
  TemplateUri: `The address of a template in OBS (\`.tf\`, \`.tf.json\` or \`.zip\`), instead of \`TemplateBody\`. ${sharedDescriptions.templateUrl}`,
  Parameters:
    "A map of the template's variables. Values keep their JSON types; they are sent as `vars_body`.",
  ...variablesDescriptions,
}

export const secretVariablesDescription =
  'Variables whose values are masked everywhere. Those that an inline template marks `sensitive` are masked anyway.'
