module example.com/purchase-refund

go 1.25

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.260.0
	github.com/aws/constructs-go/constructs/v10 v10.6.0
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk-workflow-patterns/cdk-workflow-patterns-go/cdkworkflowpatterns v0.0.0
)
