import { JsonServer } from '../../../../local/services/http/json-server';
import { S3Endpoint } from '../../../../local/services/s3/s3-endpoint';
import { S3Service } from '../../../../local/services/s3/s3-service';

/** S3 on a free port. */
export async function servingS3() {
  const faults: unknown[] = [];
  const onFault = (fault: unknown) => void faults.push(fault);
  const service = new S3Service({ region: 'eu-west-1', clock: { now: () => Date.now() }, onCreated: () => {} });
  const server = new JsonServer({ services: [], others: [new S3Endpoint({ find: () => service, onFault })], onFault });
  const { url } = await server.listen(0);
  return { service, url, faults, close: () => server.close() };
}
