using AppStack.Infra;

return await PlatformProgram.RunAsync();
