/** Of the properties that RFS's resource types share: see `rfs-properties.ts`. */
export const variablesDescriptions = {
  VarsBody: 'Variables as the text of a .tfvars file. Not together with Parameters.',
  VarsUri: 'The address of a .tfvars file in OBS.',
}

export const templateDescriptions = {
  TemplateBody: "Terraform's HCL, at most 51200 characters.",
  Parameters: "The template's variables, variable to value. Values keep their JSON types.",
  ...variablesDescriptions,
}

export const secretVariablesDescription = 'Variables whose values are masked everywhere.'
