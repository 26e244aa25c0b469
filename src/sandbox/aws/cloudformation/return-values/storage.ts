import { arn, SECRET, type ReturnValues } from './form.ts'

/** Types of S3, EFS, RDS, DynamoDB, ElastiCache, Redshift, OpenSearchService. */
export const storage: Readonly<Record<string, ReturnValues>> = {
  'AWS::S3::Bucket': {
    nameFrom: 'BucketName',
    ref: '{name:lower}',
    attributes: {
      Arn: 'arn:{partition}:s3:::{ref}',
      DomainName: '{ref}.s3.{dnsSuffix}',
      DualStackDomainName: '{ref}.s3.dualstack.{region}.{dnsSuffix}',
      RegionalDomainName: '{ref}.s3.{region}.{dnsSuffix}',
      WebsiteURL: 'http://{ref}.s3-website-{region}.{dnsSuffix}',
    },
  },
  'AWS::S3::BucketPolicy': { ref: '{$Bucket}' },
  'AWS::EFS::FileSystem': {
    ref: 'fs-{hex:17}',
    attributes: { Arn: arn('elasticfilesystem', 'file-system/{ref}'), FileSystemId: '{ref}' },
  },
  'AWS::EFS::MountTarget': {
    ref: 'fsmt-{hex:17}',
    attributes: { Id: '{ref}', IpAddress: '{$IpAddress|192.0.2.{octet}}' },
  },
  'AWS::RDS::DBInstance': {
    nameFrom: 'DBInstanceIdentifier',
    ref: '{name:lower}',
    attributes: {
      'CertificateDetails.CAIdentifier': '{$CACertificateIdentifier|rds-ca-rsa2048-g1}',
      'CertificateDetails.ValidTill': '2027-01-01T00:00:00Z',
      DBInstanceArn: arn('rds', 'db:{ref}'),
      DBSystemId: '',
      DbiResourceId: 'db-{upper:26}',
      'Endpoint.Address': '{ref}.c{lower:11}.{databaseZone}.{dnsSuffix}',
      'Endpoint.HostedZoneId': 'Z{upper:13}',
      'Endpoint.Port': '{databasePort}',
      'MasterUserSecret.SecretArn': `${SECRET}:rds!db-{uuid}-{lower:6}`,
    },
  },
  'AWS::RDS::DBCluster': {
    nameFrom: 'DBClusterIdentifier',
    ref: '{name:lower}',
    attributes: {
      DBClusterArn: arn('rds', 'cluster:{ref}'),
      DBClusterResourceId: 'cluster-{upper:26}',
      'Endpoint.Address': '{ref}.cluster-c{lower:11}.{databaseZone}.{dnsSuffix}',
      'Endpoint.Port': '{databasePort}',
      'MasterUserSecret.SecretArn': `${SECRET}:rds!cluster-{uuid}-{lower:6}`,
      'ReadEndpoint.Address': '{ref}.cluster-ro-c{lower:11}.{databaseZone}.{dnsSuffix}',
    },
  },
  'AWS::RDS::DBSubnetGroup': {
    nameFrom: 'DBSubnetGroupName',
    ref: '{name:lower}',
    attributes: { DBSubnetGroupArn: arn('rds', 'subgrp:{ref}') },
  },
  'AWS::RDS::DBParameterGroup': {
    nameFrom: 'DBParameterGroupName',
    ref: '{name:lower}',
    attributes: { DBParameterGroupArn: arn('rds', 'pg:{ref}'), DBParameterGroupName: '{ref}' },
  },
  'AWS::RDS::DBClusterParameterGroup': { nameFrom: 'DBClusterParameterGroupName', ref: '{name:lower}' },
  'AWS::DynamoDB::Table': {
    nameFrom: 'TableName',
    ref: '{name}',
    attributes: {
      Arn: arn('dynamodb', 'table/{ref}'),
      StreamArn: arn('dynamodb', 'table/{ref}/stream/2026-01-01T00:00:00.000'),
    },
  },
  'AWS::DynamoDB::GlobalTable': {
    nameFrom: 'TableName',
    ref: '{name}',
    attributes: {
      Arn: arn('dynamodb', 'table/{ref}'),
      StreamArn: arn('dynamodb', 'table/{ref}/stream/2026-01-01T00:00:00.000'),
      TableId: '{uuid}',
    },
  },
  'AWS::ElastiCache::CacheCluster': {
    nameFrom: 'ClusterName',
    ref: '{name:lower}',
    attributes: {
      'ConfigurationEndpoint.Address': '{ref}.{lower:6}.cfg.{cacheZone}.cache.{dnsSuffix}',
      'ConfigurationEndpoint.Port': '{$Port|11211}',
      'RedisEndpoint.Address': '{ref}.{lower:6}.0001.{cacheZone}.cache.{dnsSuffix}',
      'RedisEndpoint.Port': '{$Port|6379}',
    },
  },
  'AWS::ElastiCache::ReplicationGroup': {
    nameFrom: 'ReplicationGroupId',
    ref: '{name:lower}',
    attributes: {
      'ConfigurationEndPoint.Address': 'clustercfg.{ref}.{lower:6}.{cacheZone}.cache.{dnsSuffix}',
      'ConfigurationEndPoint.Port': '{$Port|6379}',
      'PrimaryEndPoint.Address': '{ref}.{lower:6}.ng.0001.{cacheZone}.cache.{dnsSuffix}',
      'PrimaryEndPoint.Port': '{$Port|6379}',
      'ReadEndPoint.Addresses': '[{ref}-001.{lower:6}.0001.{cacheZone}.cache.{dnsSuffix}]',
      'ReadEndPoint.Ports': '[{$Port|6379}]',
      'ReaderEndPoint.Address': '{ref}-ro.{lower:6}.ng.0001.{cacheZone}.cache.{dnsSuffix}',
      'ReaderEndPoint.Port': '{$Port|6379}',
    },
  },
  'AWS::ElastiCache::SubnetGroup': { nameFrom: 'CacheSubnetGroupName', ref: '{name:lower}' },
  'AWS::Redshift::Cluster': {
    nameFrom: 'ClusterIdentifier',
    ref: '{name:lower}',
    attributes: {
      ClusterNamespaceArn: arn('redshift', 'namespace:{uuid}'),
      'Endpoint.Address': '{ref}.c{lower:11}.{region}.redshift.{dnsSuffix}',
      'Endpoint.Port': '{$Port|5439}',
      Id: '{ref}',
    },
  },
  'AWS::OpenSearchService::Domain': {
    nameFrom: 'DomainName',
    ref: '{name:lower}',
    attributes: {
      Arn: arn('es', 'domain/{ref}'),
      DomainEndpoint: 'search-{ref}-{lower:26}.{region}.es.{dnsSuffix}',
      Id: '{account}/{ref}',
    },
  },
}
