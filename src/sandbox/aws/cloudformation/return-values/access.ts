import { arn, globalArn, SECRET, type ReturnValues } from './form.ts'

/** Types of IAM, KMS, SecretsManager, Cognito, CloudTrail, WAFv2. */
export const access: Readonly<Record<string, ReturnValues>> = {
  'AWS::IAM::Role': {
    nameFrom: 'RoleName',
    ref: '{name}',
    attributes: { Arn: globalArn('iam', 'role{$Path|/}{ref}'), RoleId: 'AROA{upper:17}' },
  },
  'AWS::IAM::User': {
    nameFrom: 'UserName',
    ref: '{name}',
    attributes: { Arn: globalArn('iam', 'user{$Path|/}{ref}') },
  },
  'AWS::IAM::Group': {
    nameFrom: 'GroupName',
    ref: '{name}',
    attributes: { Arn: globalArn('iam', 'group{$Path|/}{ref}') },
  },
  'AWS::IAM::Policy': { ref: '{name}', attributes: { Id: '{ref}' } },
  'AWS::IAM::ManagedPolicy': {
    nameFrom: 'ManagedPolicyName',
    ref: globalArn('iam', 'policy{$Path|/}{name}'),
    attributes: {
      AttachmentCount: 0,
      CreateDate: '2026-01-01T00:00:00Z',
      DefaultVersionId: 'v1',
      IsAttachable: true,
      PermissionsBoundaryUsageCount: 0,
      PolicyArn: '{ref}',
      PolicyId: 'ANPA{upper:17}',
      UpdateDate: '2026-01-01T00:00:00Z',
    },
  },
  'AWS::IAM::InstanceProfile': {
    nameFrom: 'InstanceProfileName',
    ref: '{name}',
    attributes: { Arn: globalArn('iam', 'instance-profile{$Path|/}{ref}') },
  },
  'AWS::IAM::AccessKey': {
    ref: 'AKIA{upper:16}',
    attributes: { Id: '{ref}', SecretAccessKey: '{lower:40}' },
  },
  'AWS::IAM::OIDCProvider': {
    ref: globalArn('iam', 'oidc-provider/{name}'),
    attributes: { Arn: '{ref}' },
  },
  'AWS::KMS::Key': { ref: '{uuid}', attributes: { Arn: arn('kms', 'key/{ref}'), KeyId: '{ref}' } },
  'AWS::KMS::Alias': { ref: '{$AliasName}' },
  'AWS::SecretsManager::Secret': {
    nameFrom: 'Name',
    ref: `${SECRET}:{name}-{lower:6}`,
    attributes: { Id: '{ref}' },
  },
  'AWS::Cognito::UserPool': {
    ref: '{region}_{upper:9}',
    attributes: {
      Arn: arn('cognito-idp', 'userpool/{ref}'),
      ProviderName: 'cognito-idp.{region}.{dnsSuffix}/{ref}',
      ProviderURL: 'https://cognito-idp.{region}.{dnsSuffix}/{ref}',
      UserPoolId: '{ref}',
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: '{lower:26}',
    attributes: { ClientId: '{ref}', ClientSecret: '{lower:51}', Name: '{name}' },
  },
  'AWS::CloudTrail::Trail': {
    nameFrom: 'TrailName',
    ref: '{name}',
    attributes: { Arn: arn('cloudtrail', 'trail/{ref}') },
  },
  'AWS::WAFv2::WebACL': {
    nameFrom: 'Name',
    ref: '{name}|{uuid}|{$Scope|REGIONAL}',
    attributes: {
      Arn: arn('wafv2', 'regional/webacl/{name}/{uuid}'),
      Capacity: 1,
      Id: '{uuid}',
      LabelNamespace: 'awswaf:{account}:webacl:{name}:',
    },
  },
}
