using AppStack.Cli;
using AppStack.Cli.Benchmarks;
using AppStack.Cli.Hosting;
using AppStack.Operations.Drills.Services;
using AppStack.Operations.Load;

if (args is ["load", ..])
{
    // The load generator of drills: started in a network namespace and ended by a signal, it does without the command line's machinery.
    return LoadProgram.Run(args[1..], Console.OpenStandardOutput(), Console.OpenStandardError());
}

if (args is [DocumentProgram.Verb, var documents])
{
    // Console.In waits for its end although it is asked not to.
    using var input = new StreamReader(Console.OpenStandardInput());
    return await DocumentProgram.RunAsync(documents, input, Console.Out);
}

if (args is [SampleProgram.Verb, ..])
{
    return await SampleProgram.RunAsync(args[1..], Console.Out, Console.Error);
}

using var interruption = Interruption.OfProcess();
await using var context = new CommandContext(Terminal.OfProcess(), interruption);
return await AppStackCommand.RunAsync(args, context);
