using Dilosi;

await DilosiApplication.Build(args).RunAsync();
