/// Every kind of guard and post that the language has, in one small program.
let exampleSpec = """
  ordain 1
  spec "brake-assist" 1.2.0

  interface Assist {
    inputs {
      speed    : m/s in 0 .. 60    normalize (speed - 30) / 30
      distance : m   in 0 .. 200   normalize distance / 100
    }
    outputs {
      cruise, coast, brake, stop
      choose highest
      ties prefer stop, brake
    }
  }
  network Net : Assist from "example.nnet"

  enforce near "too close to cruise" {
    when distance <= 10 m and speed >= 5.1 m/s
    then choose brake or stop
  }
  enforce closing "time to collision below two seconds" {
    when distance / 1 m < 2 * speed / 1 m/s
    then never choose cruise and stop above coast
  }
  enforce calm "no stop at walking pace" {
    when speed < 1.5 m/s and distance > 20 m and raw choice in { stop }
    then stop not in top 2
  }

  """
