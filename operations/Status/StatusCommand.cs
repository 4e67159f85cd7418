using AppStack.Operations.Verification;
using AppStack.Ssh;
using Spectre.Console;

namespace AppStack.Operations.Status;

/// <summary>Looks at everything as <c>verify</c> does, and shows it as the way of a request.</summary>
internal sealed class StatusCommand(OperationsContext context, TimeProvider time)
{
    /// <summary>A look takes a second and asks every node; alerts come with Prometheus' interval.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(StatusOptions options, CancellationToken cancellationToken)
    {
        await using var ssh = new SshClient();
        var verifier = new Verifier(ssh, [.. PlatformExpectations.From(context.Environment).Select(Impatient)], NodeEndpoints.For(context.Environment));
        if (!options.Watch)
        {
            return await ShowAsync(verifier, options, cancellationToken);
        }

        using var timer = new PeriodicTimer(Interval, time);
        var code = OperationsExitCode.Ok;
        try
        {
            do
            {
                code = await ShowAsync(verifier, options, cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Whoever watches stops it; what was seen last is the answer.
        }

        return code;
    }

    // What is asked here is how it is now, not how it will be in a moment.
    private static NodeExpectation Impatient(NodeExpectation node) =>
        node.Monitoring is { } monitoring ? node with { Monitoring = monitoring with { Patience = TimeSpan.Zero } } : node;

    private async Task<int> ShowAsync(Verifier verifier, StatusOptions options, CancellationToken cancellationToken)
    {
        var map = StatusMap.Of(context.Environment, await verifier.RunAsync(cancellationToken), time.GetUtcNow());
        if (options.Page is { } file)
        {
            // Swapped whole: a browser that reloads never sees half a page.
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var part = $"{file}.part";
            await File.WriteAllTextAsync(part, StatusPage.Render(map, options.Watch ? Interval : null), cancellationToken);
            File.Move(part, file, overwrite: true);
        }

        if (options.Json)
        {
            await context.Out.WriteLineAsync(StatusJson.Write(map, indented: !options.Watch));
        }
        else
        {
            if (options.Watch)
            {
                context.Console.Clear();
            }

            StatusText.Write(context.Console, map);
            if (options.Page is not null)
            {
                context.Console.MarkupLine($"\n[grey]The page is[/] {Markup.Escape(options.Page)}");
            }
        }

        return map.State == StatusState.Off ? OperationsExitCode.Off : OperationsExitCode.Ok;
    }
}
