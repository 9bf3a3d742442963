// The template validator of aws-cdk-lib >= 2.276 starts a WASM program for each test file (0.8 s, 300 MB);
// test/src/validation.test.ts turns it on for itself.
process.env.CDK_VALIDATION = 'false';
// one timestamp format whatever the machine
process.env.TZ = 'UTC';
