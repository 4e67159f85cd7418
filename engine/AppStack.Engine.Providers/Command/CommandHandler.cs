using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary>The life of a command resource, wherever its commands run: <c>create</c>, <c>update</c> (else <c>create</c> again), <c>delete</c>.</summary>
internal abstract class CommandHandler(string type, InputSchema schema) : ResourceHandler(type, schema)
{
    /// <summary>The inputs that both kinds have.</summary>
    protected static InputProperty[] CommonInputs { get; } =
    [
        new("addPreviousOutputInEnv", InputKind.Bool),
        new("create", InputKind.Text),
        new("delete", InputKind.Text),
        new("environment", InputKind.TextMap),
        new("logging", InputKind.Text),
        new("stdin", InputKind.Text),
        new("triggers", InputKind.AnyList, Replaces: true),
        new("update", InputKind.Text),
    ];

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(LoggingMode.Check(Schema.Check(request.NewInputs)));

    public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new CreateResult("", CommandResults.Unknown(request.Inputs));
        }

        var outputs = request.Inputs.Text("create") is { } command
            ? await RunAsync(new CommandRun(command, request.Inputs, PropertyMap.Empty, request.Timeout, request.Log), cancellationToken)
            : CommandResults.Unchanged(request.Inputs, PropertyMap.Empty);
        return new CreateResult(Ids.For(request.Name), outputs);
    }

    public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new UpdateResult(CommandResults.Unknown(request.NewInputs));
        }

        var command = request.NewInputs.Text("update") ?? request.NewInputs.Text("create");
        return new UpdateResult(
            command is null
                ? CommandResults.Unchanged(request.NewInputs, request.OldOutputs)
                : await RunAsync(new CommandRun(command, request.NewInputs, request.OldOutputs, request.Timeout, request.Log), cancellationToken));
    }

    public override async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        // The program may be gone: what to run, and with what, is what the state says.
        var state = request.OldOutputs.Count > 0 ? request.OldOutputs : request.OldInputs;
        if (state.Text("delete") is { } command)
        {
            await RunAsync(new CommandRun(command, state, request.OldOutputs, request.Timeout, request.Log), cancellationToken);
        }
    }

    /// <summary>Runs one command.</summary>
    /// <returns>The resource's outputs.</returns>
    /// <exception cref="ProviderException">It failed, or nobody knows.</exception>
    protected abstract Task<PropertyMap> RunAsync(CommandRun run, CancellationToken cancellationToken);
}
