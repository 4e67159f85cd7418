using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Operations;
using AppStack.Operations.Waf;
using AppStack.Stacks.Services;

namespace AppStack.Cli.Commands;

/// <summary><c>waf test SERVICE</c>: request files against the real engine with a service's rules.</summary>
internal static class WafCommand
{
    // The lowest, at which most is jumped over, and the highest, at which all rules run.
    private static readonly int[] ComparedLevels = [1, CrsScript.Levels];

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("waf", "The web application firewall.") { Test(context), Rules(context), Events(context) };

    private static Command Test(CommandContext context)
    {
        var service = new Argument<string?>("service") { Description = "The service.", Arity = ArgumentArity.ZeroOrOne };
        var files = new Argument<string[]>("files") { Description = "Request files, or folders with some; those in stacks/services/SERVICE/waf when none is given.", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<bool>("--json", "-j") { Description = "Write JSON." };
        var crs = new Option<string?>("--crs") { Description = "Instead: send the Core Rule Set's own tests (a copy of its tests/regression, which Debian does not package) to the engine with all of its rules and with those that the ingress loads, and compare." };
        var command = new Command("test", "Send requests to the real engine with a service's rules: Debian's nginx, ModSecurity and Core Rule Set on 127.0.0.1.") { service, files, json, crs };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(crs) is { } folder
            ? CompareAsync(context, CommandContext.FilePath(parsed, folder), cancellationToken)
            : TestAsync(context, parsed, Named(parsed.GetValue(service)), parsed.GetValue(files) ?? [], parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static Command Events(CommandContext context)
    {
        var stack = StackArgument.Create();
        var service = new Option<string?>("--service") { HelpName = "NAME", Description = "Only events of this service." };
        var hours = new Option<int>("--hours") { HelpName = "N", Description = "How many hours to look back, 1 to 2160 (90 days, for which they are kept).", DefaultValueFactory = _ => 1 };
        hours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 2160)
            {
                result.AddError("--hours: use 1 to 2160");
            }
        });
        var json = new Option<bool>("--json", "-j") { Description = "Write the stored lines, one JSON object each." };
        var command = new Command("events", "Show the requests that rules of the firewall matched, from the store of the environment's monitoring node.") { stack, service, hours, json };
        command.SetAction((parsed, cancellationToken) => PlatformCommands.Operations(context, parsed, parsed.GetValue(stack), parsed.GetValue(json))
            .WafEventsAsync(new() { Service = parsed.GetValue(service), Hours = parsed.GetValue(hours), Json = parsed.GetValue(json) }, cancellationToken));
        return command;
    }

    private static Command Rules(CommandContext context)
    {
        var service = new Argument<string>("service") { Description = "The service." };
        var command = new Command("rules", "Write a service's rules as the engine reads them, and what is unwise about them.") { service };
        command.SetAction(parsed =>
        {
            var found = Read(CommandContext.Root(parsed), parsed.GetRequiredValue(service));
            context.Terminal.Out.Write(SecLangCompiler.Compile(found));
            Warn(context, found);
        });
        return command;
    }

    private static async Task<int> TestAsync(CommandContext context, ParseResult parsed, string name, string[] given, bool json, CancellationToken cancellationToken)
    {
        var root = CommandContext.Root(parsed);
        var service = Read(root, name);
        var folder = Path.Combine(ServiceFiles.Folder(root), name, "waf");
        var files = (given.Length == 0 ? [folder] : given.Select(path => CommandContext.FilePath(parsed, path))).SelectMany(path => Directory.Exists(path) ? WafTestRun.FilesIn(path) : [path]).ToList();
        if (files.Count == 0)
        {
            throw new CommandException(ExitCodes.BadInput, $"There are no request files in {Path.GetRelativePath(root, folder)}. docs/components/waf.md shows one.");
        }

        var tests = WafTestRun.Read(files, root);
        var results = await WithEngine(WafTestRun.RunAsync(service, new(), tests, cancellationToken));
        if (json)
        {
            context.Terminal.Out.WriteLine(WafTestRun.ToJson(service, results));
        }
        else
        {
            context.Terminal.Lines.Write(TextTable.Of(["TEST", "STATUS", "RULES", ""], results.Select(Row)));
            Warn(context, service);
            context.Terminal.Lines.Write(new Styled($"{results.Count(result => result.Passed)} of {results.Length} tests as expected."));
        }

        return results.All(result => result.Passed) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<int> CompareAsync(CommandContext context, string folder, CancellationToken cancellationToken)
    {
        var tests = WafTestRun.Read(WafTestRun.FilesIn(folder), folder);
        if (tests.IsEmpty)
        {
            throw new CommandException(ExitCodes.BadInput, $"There are no tests in {folder}. They are in tests/regression of the Core Rule Set's sources, tag v3.3.4.");
        }

        var same = true;
        foreach (var level in ComparedLevels)
        {
            var found = await WithEngine(WafCrsComparison.RunAsync(tests, level, cancellationToken));
            context.Terminal.Lines.Write(found.Different.Select(line => new Styled(line, "red")));
            context.Terminal.Lines.Write(new Styled($"Paranoia level {level}: {found.Requests} requests, {found.Different.Length} different; {found.AsExpected} of {found.Tests} tests as the rule set expects of its reference server."));
            same &= found.Different.IsEmpty;
        }

        return same ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string[] Row(WafResult result) =>
    [
        result.Test.Title,
        string.Join(' ', result.Answers.Select(answer => answer.Status?.ToString() ?? "none")),
        string.Join(' ', result.Answers.SelectMany(answer => answer.Rules).Distinct()),
        result.Passed ? "as expected" : string.Join("; ", result.Unmet),
    ];

    private static void Warn(CommandContext context, WafService service) =>
        context.Terminal.ErrorLines.Write(WafValidator.Warnings(service).Select(warning => new Styled($"warning: waf.{warning}", "yellow")));

    private static WafService Read(string root, string name)
    {
        var definition = ServiceFiles.Find(root, name).Read();
        return new() { Name = definition.Spec.Name, Team = definition.Spec.Team, Spec = definition.Spec.Waf };
    }

    private static string Named(string? service) => service ?? throw new CommandException(ExitCodes.BadInput, "Which service?");

    private static async Task<T> WithEngine<T>(Task<T> run)
    {
        try
        {
            return await run;
        }
        catch (InvalidOperationException exception)
        {
            throw new CommandException(ExitCodes.BadInput, exception.Message);
        }
    }
}
