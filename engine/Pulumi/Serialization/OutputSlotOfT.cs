using AppStack.Engine.Model.Values;

namespace Pulumi.Serialization;

/// <summary>The slot of an output property of one type.</summary>
internal sealed class OutputSlot<T> : OutputSlot
{
    // Continuations run elsewhere: the answers of a long chain of resources must not nest on one stack.
    private readonly TaskCompletionSource<OutputData<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Output<T> _output;

    public OutputSlot()
    {
        // The registration is tracked and completes every slot, so the outputs need not be tracked one by one.
        _output = new Output<T>(_source.Task, track: false);
    }

    public override object Output => _output;

    public static OutputSlot Make() => new OutputSlot<T>();

    public override void Set(PropertyValue value, string context, Resource resource) => _source.TrySetResult(
        typeof(T) == typeof(string) && value is PropertyValue.Text text
            ? new OutputData<T>((T)(object)text.Value, IsKnown: true, IsSecret: false, resource.AsDependency)
            : PropertyReader.Read<T>(value, context, message => Log.Warn(message, resource), resource.AsDependency));

    public override void SetText(string value, bool isKnown, Resource resource) =>
        _source.TrySetResult(new OutputData<T>((T)(object)value, isKnown, IsSecret: false, resource.AsDependency));

    public override void TrySetDefault(bool isKnown, Resource resource) =>
        _source.TrySetResult(new OutputData<T>(default!, isKnown, IsSecret: false, resource.AsDependency));

    public override void TryFault(Exception exception)
    {
        if (_source.TrySetException(exception))
        {
            // The registration reports the failure; an output nobody reads must not report it again at finalisation.
            _ = _source.Task.Exception;
        }
    }
}
