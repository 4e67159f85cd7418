using AppStack.Infra;
using AppStack.Stacks.Services;

// The pulumi CLI tells a program its stack by an environment variable and starts it in the folder of Pulumi.yaml's `main`.
var stack = Environment.GetEnvironmentVariable("PULUMI_STACK") ?? "";
var root = Environment.GetEnvironmentVariable("PULUMI_ROOT_DIRECTORY") ?? Path.GetFullPath("..");
return StackFiles.Find(root, stack).Service is null ? await PlatformProgram.RunAsync() : await PlatformProgram.RunServiceAsync();
