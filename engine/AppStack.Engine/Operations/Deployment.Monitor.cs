using AppStack.Engine.Execution;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

// What the program asks for.
internal sealed partial class Deployment
{
    /// <inheritdoc/>
    public async Task<RegisterResourceResponse> RegisterResourceAsync(RegisterResourceRequest request, CancellationToken cancellationToken)
    {
        // Whoever calls runs program code; the engine's work must not hold it up.
        await Task.Yield();
        Goal goal;
        try
        {
            _masker.LearnSecretsIn(request.Inputs);
            goal = await _registrar.ResolveAsync(request);
        }
        catch (PlanningException exception)
        {
            var urn = _registrar.UrnOf(_registrar.ParentOf(request.Parent, request.Type), request.Type, request.Name);
            return Fail(urn, exception.Message);
        }

        return await RunAsync(goal);
    }

    /// <inheritdoc/>
    public async Task RegisterResourceOutputsAsync(string urn, PropertyMap outputs, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _masker.LearnSecretsIn(outputs);
        if (urn == _registrar.StackUrn)
        {
            _stackOutputs = outputs;
            return;
        }

        if (!_awaitingOutputs.TryRemove(urn, out var step))
        {
            if (!_incomplete.ContainsKey(urn))
            {
                _failed = true;
                _events.Error(
                    _registrar.IsKnown(urn) ? "Outputs were registered twice for this resource." : $"Outputs were registered for {urn}, which is not a registered resource.", urn);
            }

            return;
        }

        PutOutputs(step, outputs);
    }

    /// <inheritdoc/>
    public async Task<ReadResourceResponse> ReadResourceAsync(ReadResourceRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Goal goal;
        try
        {
            goal = await _registrar.ResolveAsync(new RegisterResourceRequest
            {
                Type = request.Type,
                Name = request.Name,
                Custom = true,
                Parent = request.Parent,
                Inputs = request.Properties,
                Dependencies = request.Dependencies,
                Provider = request.Provider,
                SourcePosition = request.SourcePosition,
                Options = ResourceGoalOptions.Default with { Version = request.Version, AdditionalSecretOutputs = request.AdditionalSecretOutputs },
            });
        }
        catch (PlanningException exception)
        {
            var urn = _registrar.UrnOf(_registrar.ParentOf(request.Parent, request.Type), request.Type, request.Name);
            Fail(urn, exception.Message);
            return new ReadResourceResponse(urn, PropertyMap.Empty);
        }

        return await ReadAsync(goal, request.Id);
    }

    /// <inheritdoc/>
    public async Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _masker.LearnSecretsIn(request.Arguments);
        if (await _builtIn.TryInvokeAsync(request) is { } answered)
        {
            return answered;
        }

        var package = Urns.Package(request.Token);
        var reference = request.Provider ?? await DefaultProviderAsync(package, request.Version);
        var provider = await _providers.GetAsync(reference, type: "")
            ?? throw new PlanningException($"The function {request.Token} cannot be called in this preview: the configuration of its provider is not known yet.");
        return await provider.InvokeAsync(request.Token, request.Arguments, new OperationLog(_events, _registrar.StackUrn ?? ""), _settings.Options.Abort);
    }

    /// <inheritdoc/>
    public void Log(LogMessage message)
    {
        if (message.Severity == LogSeverity.Error)
        {
            _failed = true;
        }

        _events.Log(message with { Urn = message.Urn ?? _registrar.StackUrn });
    }
}
