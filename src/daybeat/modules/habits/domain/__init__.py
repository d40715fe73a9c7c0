"""Pure rules of habits: plain values in, plain values out."""
