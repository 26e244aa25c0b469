export interface PublishedTiming {
  readonly seconds: number
  readonly what: string
  readonly source: string
}

const GIST = 'https://gist.github.com/maishsk'
const SOLUTIONS = 'https://docs.aws.amazon.com/solutions/latest'

/**
 * Durations of CloudFormation stacks that others measured or announced. This is not a representative sample: there are no
 * publications about stacks that take seconds, such as a bucket.
 */
export const PUBLISHED_TIMINGS: readonly PublishedTiming[] = [
  { seconds: 32, what: 'a VPC, created', source: `${GIST}/9d7d1b104d7f33bb8bda034f9589e93e` },
  { seconds: 32, what: 'a VPC, deleted', source: `${GIST}/9d7d1b104d7f33bb8bda034f9589e93e` },
  {
    seconds: 124,
    what: 'a VPC with more in it, deleted',
    source: `${GIST}/2bf6e9dfc0d569e0b2e6a677ea1f02ab`,
  },
  {
    seconds: 180,
    what: 'Neo4j',
    source: 'https://github.com/neo4j-partners/neo4j-aws-cloudformation/issues/116',
  },
  {
    seconds: 216,
    what: 'a VPC with more in it, created',
    source: `${GIST}/2bf6e9dfc0d569e0b2e6a677ea1f02ab`,
  },
  {
    seconds: 360,
    what: 'an OpenSearch pipeline',
    source:
      'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/observability-get-started.html',
  },
  {
    seconds: 420,
    what: 'an update of an ECS service',
    source: 'https://github.com/awsdocs/aws-cdk-guide/issues/316',
  },
  {
    seconds: 600,
    what: 'three EC2 instances',
    source: 'https://github.com/aws-samples/amazon-cloudwatch-snmp-monitoring-with-logstash',
  },
  {
    seconds: 900,
    what: 'a database and servers',
    source: 'https://github.com/meeshkan/github-tutorial-stack',
  },
  {
    seconds: 948,
    what: 'network, balancer, servers and database: mean of 30',
    source: 'https://jmhorizons.com/index.php/journal/article/view/926',
  },
  {
    seconds: 1020,
    what: 'an OpenSearch domain',
    source:
      'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/observability-get-started.html',
  },
  {
    seconds: 1050,
    what: 'an RDS database and a server',
    source: 'https://github.com/alainsahli/spring-cloud-aws-reference-app',
  },
  { seconds: 1200, what: 'Boomi Molecule', source: 'https://github.com/Warner-Bell/Boomi-Molecule-Repo' },
  {
    seconds: 1800,
    what: 'Virtual Waiting Room',
    source: `${SOLUTIONS}/aws-virtual-waiting-room/automated-deployment.html`,
  },
  {
    seconds: 1800,
    what: 'Automated Forensics Orchestrator',
    source: `${SOLUTIONS}/automated-forensics-orchestrator-for-amazon-ec2/deployment.html`,
  },
  {
    seconds: 1800,
    what: 'Keycloak',
    source: 'https://aws-samples.github.io/keycloak-on-aws/en/implementation-guide/deployment',
  },
  { seconds: 3600, what: 'SAS Viya', source: 'https://github.com/sassoftware/quickstart-sas-viya' },
  {
    seconds: 4200,
    what: 'Verifiable Controls Evidence Store',
    source: `${SOLUTIONS}/verifiable-controls-evidence-store/deployment.html`,
  },
  {
    seconds: 8100,
    what: 'SaaS Identity with Cognito',
    source: 'https://github.com/aws-quickstart/saas-identity-cognito/issues/12',
  },
]
