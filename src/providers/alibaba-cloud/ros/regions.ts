import type { Surroundings } from '../../provider.ts'
import { RosClient, type Region } from './client.ts'
import { identityOf } from './credentials.ts'
import type { Connection } from './properties.ts'

/** DescribeRegions returns the same in all of them. */
const ANY_REGION = 'cn-hangzhou'
const NOBODY = { rosStackId: '', rosStackName: 'stackbridge', logicalResourceId: 'regions' }

/**
 * The regions in which ROS can own a stack, as the credentials see them. Throws a `CloudError`.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-describeregions
 */
export async function listRegions(
  connection: Connection,
  surroundings: Surroundings,
): Promise<readonly Region[]> {
  const identity = identityOf(connection, NOBODY, surroundings)
  const { Endpoint: endpoint, RegionId: region = ANY_REGION } = connection
  return new RosClient({ identity, endpoint, region, surroundings }).regions()
}
