import { type JsonObject, own, textOf } from './json';
import type { Assets, FileAsset } from './model';
import { holdsUnresolved } from './problems';
import type { Site } from './site';

/** The property by which a type refers to an object in S3, and how it spells bucket and key. */
const locations = new Map([
  ['AWS::Lambda::Function', { property: 'Code', bucket: 'S3Bucket', key: 'S3Key' }],
  ['AWS::Lambda::LayerVersion', { property: 'Content', bucket: 'S3Bucket', key: 'S3Key' }],
  ['AWS::StepFunctions::StateMachine', { property: 'DefinitionS3Location', bucket: 'Bucket', key: 'Key' }],
  ['AWS::ApiGateway::RestApi', { property: 'BodyS3Location', bucket: 'Bucket', key: 'Key' }],
  ['AWS::ApiGatewayV2::Api', { property: 'BodyS3Location', bucket: 'Bucket', key: 'Key' }],
]);

/** Finds on this machine what a resource expects in S3. */
export function locateAsset(
  type: string,
  properties: JsonObject,
  assets: Assets,
  site: (property: string) => Site,
): FileAsset | undefined {
  const location = locations.get(type);
  if (location === undefined) return undefined;
  const key = textOf(own(properties[location.property], location.key));
  if (key === undefined) return undefined;
  const asset = assets.file(key);
  if (asset === undefined && !holdsUnresolved(key)) {
    const bucket = textOf(own(properties[location.property], location.bucket));
    site(location.property).report(
      `s3://${bucket}/${key} is not an asset of this app, so it is not on this machine; use an asset`,
    );
  }
  return asset;
}
